/** How the helper's troubles are told to a person: what happened, the next step, and the log. */
import * as vscode from "vscode";
import { withoutLinks } from "../plainText";

export interface Trouble {
  readonly cause: string;
  readonly nextStep: string;
}

/** Why the helper is not running, and what can be done about it. */
export async function tellDown(
  { cause, nextStep }: Trouble,
  log: vscode.LogOutputChannel,
): Promise<void> {
  const text = withoutLinks(`${cause} ${nextStep}`);
  const buttons = ["Retry", "Open Settings", "Show Log"] as const;
  const choice = await vscode.window.showErrorMessage(text, ...buttons);
  if (choice === "Show Log") log.show();
  else if (choice === "Retry") await vscode.commands.executeCommand("propel.restartHelper");
  else if (choice === "Open Settings") {
    const open = "workbench.action.openSettings";
    await vscode.commands.executeCommand(open, "propel.helper.python");
  }
}

/** Why what a person asked for was not done. */
export async function tellFailure(text: string, log: vscode.LogOutputChannel): Promise<void> {
  const choice = await vscode.window.showErrorMessage(withoutLinks(text), "Show Log");
  if (choice !== undefined) log.show();
}
