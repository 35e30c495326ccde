import * as vscode from "vscode";
import type { Ctx } from "../context";
import { kill } from "../helper/wire.gen";
import { plain, plainLine } from "../plainText";
import { chooseRun } from "../runs/pickRun";
import { slow } from "../slow";

export async function killRun(ctx: Ctx, argument: unknown): Promise<void> {
  const run = await chooseRun(ctx, argument, {
    title: "Propel: Kill Run",
    placeholder: "Which run should be ended?",
    none: "No run is under way.",
    fits: ({ state }) => state === "running",
  });
  if (run === undefined) return;
  const button = "Kill";
  const detail = `${plain(run.command)}\n\nSession: ${plainLine(run.session)}`;
  const choice = await vscode.window.showWarningMessage(
    "End this run and its session? What it has not saved is lost.",
    { modal: true, detail },
    button,
  );
  if (choice !== button) return;
  const killed = await slow({ title: "Ending the run…", cancellable: false }, () =>
    ctx.helper.request(kill, { run: run.run }),
  );
  if (killed !== undefined) ctx.runs.put(killed);
}
