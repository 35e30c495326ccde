import * as vscode from "vscode";
import type { Ctx } from "../context";
import { listening } from "../debugger/configuration";
import { debugType, type Starting } from "../debugger/sessions";
import { debug, debugPlan, type DebugPlan } from "../helper/wire.gen";
import { plain, plainLine } from "../plainText";
import { chooseRun } from "../runs/pickRun";
import { slow } from "../slow";
import { tellUntrusted } from "../trust";

/** The confirmed command again, under the debugger. Nothing starts before the yes to its text. */
export async function debugCrash(ctx: Ctx, argument: unknown): Promise<void> {
  if (!vscode.workspace.isTrusted) {
    await tellUntrusted();
    return;
  }
  const run = await chooseRun(ctx, argument, {
    title: "Propel: Debug This Crash",
    placeholder: "Which crashed run should be started again under the debugger?",
    none: "No run has crashed.",
    fits: ({ state }) => state === "failed" || state === "killed",
  });
  if (run === undefined) return;
  const plan = await slow({ title: "Looking at the command…", cancellable: true }, (token) =>
    ctx.helper.request(debugPlan, { run: run.run }, token),
  );
  if (plan === undefined || !(await confirm(plan))) return;
  const folder = vscode.workspace.getWorkspaceFolder(vscode.Uri.file(plan.cwd));
  const configuration = listening(debugType(), plan, ctx.debugging.newId());
  const starting = ctx.debugging.start(folder, configuration);
  const progress = {
    location: vscode.ProgressLocation.Notification,
    title: "Starting the run under the debugger…",
    cancellable: true,
  };
  await vscode.window.withProgress(progress, async (_, token) => {
    token.onCancellationRequested(starting.stop);
    await bringUp(ctx, plan, starting, token);
  });
}

async function confirm(plan: DebugPlan): Promise<boolean> {
  const button = "Debug";
  const facts = [
    `Folder: ${plainLine(plan.cwd)}`,
    `Session: ${plan.session === "" ? "a new one" : plainLine(plan.session)}`,
    `Python: ${plan.python === null ? "not known before it runs" : plainLine(plan.python)}`,
  ];
  const notes = plan.notes.map((note) => `• ${plainLine(note)}`);
  const detail = [[plain(plan.command)], facts, notes].map((group) => group.join("\n"));
  const choice = await vscode.window.showWarningMessage(
    "Run this command under the debugger?",
    { modal: true, detail: detail.join("\n\n") },
    button,
  );
  return choice === button;
}

/** Starts the run once its debugger listens, and gives the debugger up when the run never comes. */
async function bringUp(
  ctx: Ctx,
  plan: DebugPlan,
  starting: Starting,
  token: vscode.CancellationToken,
): Promise<void> {
  if (!(await starting.listening) || token.isCancellationRequested) return;
  const { command, port } = plan;
  const run = await ctx.helper.request(debug, { run: plan.run, port, command });
  if (run === undefined) {
    starting.stop();
    return;
  }
  ctx.runs.put(run);
  const listener = ctx.helper.onRunEnded((notice) => {
    if (notice.run.run === run.run) starting.stop();
  });
  await starting.started;
  listener.dispose();
}
