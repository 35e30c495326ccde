import * as vscode from "vscode";
import type { Ctx } from "../context";
import type { HelperState } from "../helper/helper";

/** A language status item while the helper is down; nothing otherwise. */
export class HelperStatus implements vscode.Disposable {
  readonly #listener: vscode.Disposable;
  #item: vscode.LanguageStatusItem | undefined;

  constructor({ helper }: Ctx) {
    this.#listener = helper.onDidChangeState((state) => {
      this.#show(state);
    });
  }

  dispose(): void {
    this.#listener.dispose();
    this.#item?.dispose();
  }

  #show(state: HelperState): void {
    this.#item?.dispose();
    this.#item = undefined;
    if (state.tag !== "down") return;
    const item = vscode.languages.createLanguageStatusItem("propel.helper", { scheme: "file" });
    item.name = "Propel";
    item.text = "Propel's helper is not running";
    item.detail = `${state.cause} ${state.nextStep}`;
    item.severity = vscode.LanguageStatusSeverity.Error;
    item.command = { command: "propel.restartHelper", title: "Restart" };
    this.#item = item;
  }
}
