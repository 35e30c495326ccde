import * as vscode from "vscode";
import type { Ctx } from "../context";
import { restart } from "../helper/wire.gen";
import { plain, plainLine } from "../plainText";
import { chooseRun } from "../runs/pickRun";
import { slow } from "../slow";
import { tellUntrusted } from "../trust";

export async function restartRun(ctx: Ctx, argument: unknown): Promise<void> {
  if (!vscode.workspace.isTrusted) {
    await tellUntrusted();
    return;
  }
  const run = await chooseRun(ctx, argument, {
    title: "Propel: Restart Run",
    placeholder: "Which run should be started again?",
    none: "No run has ended that could be started again.",
    fits: ({ state }) => state !== "running",
  });
  if (run === undefined) return;
  const button = "Restart";
  const facts = `Folder: ${plainLine(run.cwd)}\nSession: ${plainLine(run.session)}`;
  const choice = await vscode.window.showInformationMessage(
    "Run this command again, in the same session?",
    { modal: true, detail: `${plain(run.command)}\n\n${facts}` },
    button,
  );
  if (choice !== button) return;
  const restarted = await slow({ title: "Restarting the run…", cancellable: false }, () =>
    ctx.helper.request(restart, { run: run.run }),
  );
  if (restarted !== undefined) ctx.runs.put(restarted);
}
