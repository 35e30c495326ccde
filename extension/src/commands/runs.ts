import * as vscode from "vscode";
import type { Ctx } from "../context";
import { actionsFor } from "../runs/actions";
import { stateText } from "../runs/describe";
import { pickRun } from "../runs/pickRun";
import { plainLine } from "../plainText";

/** Every run, and what can be done with the one that is picked. */
export async function showRuns(ctx: Ctx): Promise<void> {
  await ctx.runs.refresh();
  const title = "Propel: Runs";
  if (ctx.runs.all.length === 0) {
    const launch = "Launch Training";
    const text = "No run was started in this folder yet.";
    if ((await vscode.window.showInformationMessage(text, launch)) === launch) {
      await vscode.commands.executeCommand("propel.launch");
    }
    return;
  }
  const run = await pickRun(ctx.runs.all, {
    title,
    placeholder: "Pick a run to see what can be done.",
  });
  if (run === undefined) return;
  const items = actionsFor(run).map(({ command, title: label, icon }) => ({
    command,
    label,
    iconPath: new vscode.ThemeIcon(icon),
  }));
  const action = await vscode.window.showQuickPick(items, {
    title: `${title}: ${plainLine(run.session)}`,
    placeHolder: `This run: ${stateText(run)}. What should happen?`,
  });
  if (action !== undefined) {
    await vscode.commands.executeCommand(action.command, { run: run.run });
  }
}
