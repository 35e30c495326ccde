/** Every open run panel: one for each run, and brought back after a reload of the window. */
import * as vscode from "vscode";
import type { Run } from "../helper/wire.gen";
import { stringIn } from "../commands/arguments";
import { RunPanel, type PanelParts } from "./runPanel";

const viewType = "propel.runPanel";

export class RunPanels implements vscode.WebviewPanelSerializer, vscode.Disposable {
  readonly #open = new Map<string, RunPanel>();
  readonly #serializer: vscode.Disposable;

  constructor(private readonly parts: PanelParts) {
    this.#serializer = vscode.window.registerWebviewPanelSerializer(viewType, this);
  }

  /** Shows the panel of a run, the one that is there or a new one. */
  show({ run }: Run): void {
    const known = this.#open.get(run);
    if (known !== undefined) {
      known.panel.reveal();
      return;
    }
    const { Active } = vscode.ViewColumn;
    this.#add(vscode.window.createWebviewPanel(viewType, "Run", Active), run, undefined);
  }

  deserializeWebviewPanel(panel: vscode.WebviewPanel, state: unknown): Thenable<void> {
    const run = stringIn(state, "run");
    if (run === undefined) panel.dispose();
    else this.#add(panel, run, stringIn(state, "other"));
    return Promise.resolve();
  }

  dispose(): void {
    this.#serializer.dispose();
    for (const open of this.#open.values()) open.dispose();
  }

  #add(panel: vscode.WebviewPanel, run: string, other: string | undefined): void {
    panel.iconPath = vscode.Uri.joinPath(this.parts.extension, "extension", "media", "icon.png");
    const made = new RunPanel(panel, run, other, this.parts);
    this.#open.set(run, made);
    panel.onDidDispose(() => {
      made.dispose();
      if (this.#open.get(run) === made) this.#open.delete(run);
    });
  }
}
