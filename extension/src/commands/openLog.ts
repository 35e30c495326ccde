import * as vscode from "vscode";
import type { Ctx } from "../context";
import { chooseRun } from "../runs/pickRun";

/** Opens the log of a run's last attempt at its end. */
export async function openLog(ctx: Ctx, argument: unknown): Promise<void> {
  const run = await chooseRun(ctx, argument, {
    title: "Propel: Open Log",
    placeholder: "Which run's log should be opened?",
    none: 'There is no run yet. "Propel: Launch Training" starts one.',
    fits: () => true,
  });
  if (run === undefined) return;
  try {
    const document = await vscode.workspace.openTextDocument(vscode.Uri.file(run.log));
    const end = document.lineAt(document.lineCount - 1).range.end;
    await vscode.window.showTextDocument(document, { selection: new vscode.Range(end, end) });
  } catch (error) {
    ctx.log.error(`The log can't be shown: ${String(error)}`);
    void vscode.window.showErrorMessage(
      `The editor can't show the log ${run.log}. Open it in a terminal, for example with less.`,
    );
  }
}
