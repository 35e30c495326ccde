/** Second question: the text, to be changed in any way, with its script's options at hand. */
import { relative } from "node:path";
import * as vscode from "vscode";
import type { Ctx } from "../context";
import { options as listOptions, type Option } from "../helper/wire.gen";
import { plainLine, withoutIcons } from "../plainText";
import { scriptPart, suggestions, type Suggestion } from "./suggestions";

export interface Draft {
  readonly text: string;
  /** Absolute. */
  readonly folder: string;
  readonly cwd: string;
  /** Parts of the text that are to be filled in, as the helper found them. */
  readonly missing: readonly string[];
}

interface Row extends vscode.QuickPickItem {
  readonly suggestion?: Suggestion;
  readonly use?: true;
}

/** Milliseconds of quiet before the options of another script are asked for. */
const pause = 300;

/** The text as a person leaves it, or undefined when they left. */
export async function editCommand(ctx: Ctx, draft: Draft): Promise<string | undefined> {
  const editing = new Editing(ctx, draft);
  try {
    return await editing.result;
  } finally {
    editing.dispose();
  }
}

class Editing implements vscode.Disposable {
  readonly #picker = vscode.window.createQuickPick<Row>();
  readonly result: Promise<string | undefined>;
  #options: readonly Option[] = [];
  /** The text that the rows were made for. */
  #shown = "";
  #script: string | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly ctx: Ctx,
    private readonly draft: Draft,
  ) {
    const picker = this.#picker;
    picker.title = "Propel: Launch Training. Change whatever you like; nothing runs yet.";
    picker.placeholder = "python train.py --epochs 10";
    picker.ignoreFocusOut = true;
    this.result = new Promise((resolve) => {
      picker.onDidAccept(() => {
        const text = this.#accepted();
        if (text !== undefined) resolve(text);
      });
      picker.onDidHide(() => {
        resolve(undefined);
      });
    });
    picker.onDidChangeValue(() => {
      this.#show();
      this.#ask(pause);
    });
    picker.show();
    // Only once it is shown: before, the whole text would be selected and typing replace it.
    this.#put(draft.text);
    this.#ask(0);
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#picker.dispose();
  }

  /** The cursor stands at the end of it. */
  #put(text: string): void {
    this.#picker.value = text;
    this.#show();
  }

  /** The final text, or undefined while there is more to do. */
  #accepted(): string | undefined {
    const picker = this.#picker;
    const row = picker.selectedItems[0];
    const text = plainLine(picker.value);
    // A row that was made for an older text than the one that stands there means nothing.
    if (row?.suggestion !== undefined && this.#shown === picker.value) {
      this.#put(row.suggestion.text);
      return undefined;
    }
    return text === "" || (row !== undefined && row.use === undefined) ? undefined : text;
  }

  #show(): void {
    const picker = this.#picker;
    const text = picker.value;
    const found = suggestions(text, this.#options).map((suggestion) => ({
      label: withoutIcons(suggestion.label),
      description: withoutIcons(suggestion.description),
      detail: withoutIcons(suggestion.detail),
      alwaysShow: true,
      suggestion,
    }));
    const use = this.#useRow(text);
    this.#shown = text;
    picker.items = found.length === 0 ? [use] : [use, separator("options"), ...found];
    picker.activeItems = [use];
  }

  #useRow(text: string): Row {
    if (text.trim() === "") return { label: "Type the command to launch.", alwaysShow: true };
    const missing = this.draft.missing.filter((gap) => text.includes(gap));
    const detail = `Still to be filled in: ${missing.map(withoutIcons).join(", ")}`;
    const label = missing.length === 0 ? "$(check) Use this text" : "$(warning) Use this text";
    return { label, alwaysShow: true, use: true, ...(missing.length === 0 ? {} : { detail }) };
  }

  /** Asks for the options when the text starts another script than before. */
  #ask(delay: number): void {
    clearTimeout(this.#timer);
    if (scriptPart(this.#picker.value) === this.#script) return;
    this.#timer = setTimeout(() => {
      void this.#load();
    }, delay);
  }

  async #load(): Promise<void> {
    const command = this.#picker.value;
    const script = scriptPart(command);
    this.#script = script;
    const { folder, cwd } = this.draft;
    const params = { folder, command, cwd: relative(folder, cwd) };
    const found = await this.ctx.helper.requestQuietly(listOptions, params);
    if (script !== this.#script) return;
    this.#options = found?.options ?? [];
    // Rows that change under a person who is among them would be picked by mistake.
    const isAtFirst = this.#picker.activeItems[0]?.suggestion === undefined;
    if (isAtFirst) this.#show();
  }
}

function separator(label: string): Row {
  return { label, kind: vscode.QuickPickItemKind.Separator };
}
