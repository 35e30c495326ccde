/** Why a run is stuck, as rows to pick from and as text. Needs no editor. */
import { resolve } from "node:path";
import type { Hang, OwnedFrame, StuckReport, WaitGroup } from "../helper/wire.gen";
import { plainLine, withoutIcons } from "../plainText";

/** A place to go to: absolute path, line from 1. */
export interface Place {
  readonly file: string;
  readonly line: number;
}

export type Row =
  | { readonly tag: "heading"; readonly label: string }
  | {
      readonly tag: "row";
      readonly icon: string;
      readonly label: string;
      readonly description: string;
      /** None: picking it does nothing but close the list. */
      readonly place: Place | undefined;
    }
  | { readonly tag: "copy" };

/** The groups with the person's own lines below each, then what else was said. */
export function rowsOf({ root, hang }: StuckReport): readonly Row[] {
  const said = [
    ...hang.recorder.map((text) => remark("record", text)),
    ...hang.notes.map((text) => remark("info", text)),
  ];
  return [
    ...hang.groups.filter(isTold).flatMap((group) => groupRows(root, group)),
    ...(said.length === 0 ? [] : [{ tag: "heading", label: "Also" } as const, ...said]),
    { tag: "heading", label: "" },
    { tag: "copy" },
  ];
}

/** The answer and every stack, innermost line first. */
export function textOf({ run, text, recorder, notes, groups }: Hang): string {
  const stacks = groups.map((group) => {
    const lines = [...group.frames].reverse().map((frame) => `  ${frameText(frame)}`);
    return [`${group.text} (process ${group.pids.join(", ")})`, ...lines].join("\n");
  });
  return [`Run ${run}: ${text}`, ...recorder, ...notes, "", stacks.join("\n\n"), ""].join("\n");
}

/** What only serves, or waits for work, stands in the copied text. */
function isTold({ role, at }: WaitGroup): boolean {
  return role === "rank" || (role !== "helper" && at !== null);
}

function groupRows(root: string, group: WaitGroup): Row[] {
  const own = group.frames.filter(({ user }) => user).reverse();
  const [first, ...others] = own;
  const head: Row = {
    tag: "row",
    icon: iconOf(group),
    label: withoutIcons(group.text.replace(/\.$/, "")),
    description: withoutIcons(first?.code ?? ""),
    place: first === undefined ? undefined : placeOf(root, first),
  };
  const below = others.map<Row>((frame) => ({
    tag: "row",
    icon: "blank",
    label: withoutIcons(`${frame.file}:${frame.line} in ${frame.function}`),
    description: withoutIcons(frame.code ?? ""),
    place: placeOf(root, frame),
  }));
  const odd = group.isOdd ? ": the others wait for it" : "";
  return [{ tag: "heading", label: `${plainLine(group.who)}${odd}` }, head, ...below];
}

function iconOf({ isOdd, moves, role }: WaitGroup): string {
  if (isOdd) return "warning";
  if (moves) return "sync";
  return role === "rank" ? "debug-pause" : "server-process";
}

function remark(icon: string, text: string): Row {
  return { tag: "row", icon, label: withoutIcons(text), description: "", place: undefined };
}

function placeOf(root: string, { file, line }: OwnedFrame): Place {
  return { file: resolve(root, file), line };
}

function frameText({ file, line, function: name, code, user }: OwnedFrame): string {
  return `${user ? ">" : " "} ${file}:${line} in ${name}${code === null ? "" : `   ${code}`}`;
}
