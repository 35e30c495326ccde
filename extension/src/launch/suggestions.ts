/** What can be added to a command's text, by its script's options. Needs no editor. */
import type { Option } from "../helper/wire.gen";
import { plainLine } from "../plainText";

export interface Suggestion {
  readonly label: string;
  readonly description: string;
  readonly detail: string;
  /** The whole text with the suggestion in it. */
  readonly text: string;
}

/** Values for the option that the text ends with, or else the options that are not in it yet. */
export function suggestions(text: string, options: readonly Option[]): Suggestion[] {
  const end = argumentsEnd(text);
  const before = text.slice(0, end);
  const rest = text.slice(end);
  const put = (start: number, added: string): string => {
    const head = before.slice(0, start);
    const space = head === "" || /[\s=]$/.test(head) ? "" : " ";
    return `${head}${space}${added}${rest}`;
  };
  const tail = /\S*$/.exec(before)?.[0] ?? "";
  const values = valuesAt(before, tail, options);
  if (values.length > 0) {
    return values.map(({ value, typed, description }) => ({
      label: plainLine(value),
      description,
      detail: "",
      text: put(before.length - typed, quoted(value)),
    }));
  }
  const started = options.filter((option) => completes(option, tail));
  const shown = started.length > 0 ? started : options.filter((option) => !isIn(before, option));
  return shown.map((option) => ({
    label: plainLine(option.name),
    description: plainLine(facts(option)),
    detail: plainLine(option.help),
    text: put(before.length - (started.length > 0 ? tail.length : 0), opening(option, rest)),
  }));
}

/** Where the arguments end: before a pipe or a redirection of the last command in the text. */
export function argumentsEnd(text: string): number {
  const masked = text.replace(/'[^']*'|"(?:\\.|[^"\\])*"|\\./g, (part) => "q".repeat(part.length));
  const start = Math.max(masked.lastIndexOf("&&"), masked.lastIndexOf(";")) + 1;
  const found = /\s(?:\d?>|&>|\||&\s*$)/.exec(masked.slice(start));
  return found === null ? text.length : start + found.index;
}

/** The part that names the script: what stands before the first option. */
export function scriptPart(text: string): string {
  return text.split(/\s-{1,2}\w/, 1)[0]?.trim() ?? "";
}

interface Value {
  readonly value: string;
  /** How many characters of it are there already. */
  readonly typed: number;
  readonly description: string;
}

function valuesAt(before: string, tail: string, options: readonly Option[]): Value[] {
  const word = /(\S+)\s+\S*$/.exec(before)?.[1];
  for (const option of options) {
    const assigns = option.form.includes("=") && tail.startsWith(`${option.name}=`);
    if (!assigns && !(option.form === "--name value" && option.name === word)) continue;
    const typed = assigns ? tail.slice(option.name.length + 1) : tail;
    return candidates(option)
      .filter(({ value }) => value.startsWith(typed) && value !== typed)
      .map((found) => ({ ...found, typed: typed.length }));
  }
  return [];
}

function candidates(option: Option): Omit<Value, "typed">[] {
  const named = option.choices.length > 0 ? option.choices : option.values;
  const found = named.map((value) => ({
    value,
    description: value === option.default ? `${option.name} · default` : option.name,
  }));
  const isKnown =
    option.default === null || option.default === "" || named.includes(option.default);
  if (isKnown) return found;
  return [...found, { value: option.default, description: `${option.name} · default` }];
}

function completes(option: Option, tail: string): boolean {
  if (option.form === "value" || tail === "" || tail === option.name) return false;
  const bare = tail.replace(/^-+/, "");
  if (tail.startsWith("-")) return option.name.startsWith("-") && option.name.includes(bare);
  return option.form === "name=value" && tail.length > 1 && option.name.startsWith(tail);
}

function isIn(before: string, { name, form }: Option): boolean {
  if (form === "value") return false;
  return before.split(/\s+/).some((word) => word === name || word.startsWith(`${name}=`));
}

/** In the middle of a text, where the cursor can't be put, a gap says where the value belongs. */
function opening(option: Option, rest: string): string {
  const { name, form } = option;
  if (form === "value") return `<${name}>`;
  if (form === "--name") return `${name} `;
  const gap = rest !== "" && candidates(option).length === 0 ? `<${option.type ?? "value"}>` : "";
  return form.includes("=") ? `${name}=${gap}` : `${name} ${gap}`;
}

/** `int · default 8`, `required · one of adam, sgd`. */
function facts({ type, default: usual, choices, required, form }: Option): string {
  const parts = [
    form === "value" ? "positional" : undefined,
    required ? "required" : undefined,
    type ?? undefined,
    usual === null || usual === "" ? undefined : `default ${usual}`,
    choices.length === 0 ? undefined : `one of ${choices.join(", ")}`,
  ];
  return parts.filter((part) => part !== undefined).join(" · ");
}

/** A value as one word of a POSIX shell. */
function quoted(value: string): string {
  return /^[\w@%+=:,./-]+$/.test(value) ? value : `'${value.replaceAll("'", `'\\''`)}'`;
}
