import * as vscode from "vscode";
import type { Ctx } from "../context";
import { entering } from "../debugger/configuration";
import { debugType } from "../debugger/sessions";
import { debugTargets, type DebugTarget, type Run } from "../helper/wire.gen";
import { plainLine, withoutIcons } from "../plainText";
import { chooseRun } from "../runs/pickRun";
import { slow } from "../slow";
import { tellUntrusted } from "../trust";

/** A debugger for processes of a run that runs; they go on when it leaves. */
export async function attachDebugger(ctx: Ctx, argument: unknown): Promise<void> {
  if (!vscode.workspace.isTrusted) {
    await tellUntrusted();
    return;
  }
  const run = await chooseRun(ctx, argument, {
    title: "Propel: Attach Debugger to Run",
    placeholder: "Which run should the debugger be attached to?",
    none: 'No run runs now. "Propel: Launch Training" starts one.',
    fits: ({ state }) => state === "running",
  });
  if (run === undefined) return;
  const work = { title: "Looking at the run's processes…", cancellable: true };
  const found = await slow(work, (token) =>
    ctx.helper.request(debugTargets, { run: run.run }, token),
  );
  if (found === undefined) return;
  const chosen = await choose(found.targets);
  if (chosen.length === 0 || !(await confirm(chosen))) return;
  await attach(ctx, run, chosen);
}

/** The only process, or those that a person picks; says so when there is none to attach to. */
async function choose(targets: readonly DebugTarget[]): Promise<readonly DebugTarget[]> {
  const open = targets.filter(({ problem }) => problem === null);
  if (open.length === 0) {
    const none = "The run has no Python process yet. Try again once it trains.";
    // Two or three sentences: a notification without a button would show the first words only.
    const modal = { modal: true, detail: plainLine(targets[0]?.problem ?? none) };
    void vscode.window.showErrorMessage("No debugger can be attached to this run.", modal);
    return [];
  }
  if (targets.length === 1) return open;
  const items = open.map((target) => ({
    target,
    label: withoutIcons(target.name),
    description: withoutIcons(target.detail),
  }));
  const picked = await vscode.window.showQuickPick(items, {
    title: "Propel: Attach Debugger to Run",
    placeHolder: "Which processes? Each gets a debug session of its own.",
    canPickMany: true,
    matchOnDescription: true,
  });
  return picked?.map(({ target }) => target) ?? [];
}

async function confirm(chosen: readonly DebugTarget[]): Promise<boolean> {
  const button = "Attach";
  const who = chosen.map(({ name, detail }) => `${plainLine(name)}: ${plainLine(detail)}`);
  const detail = [
    ...who,
    "",
    "It stands still for some seconds while the debugger enters. Other ranks may wait for it, and " +
      "longer while you stop it. It trains on when you disconnect.",
  ];
  const choice = await vscode.window.showWarningMessage(
    "Attach the debugger to this running training?",
    { modal: true, detail: detail.join("\n") },
    button,
  );
  return choice === button;
}

async function attach(ctx: Ctx, { run, cwd }: Run, chosen: readonly DebugTarget[]): Promise<void> {
  const folder = vscode.workspace.getWorkspaceFolder(vscode.Uri.file(cwd));
  const progress = {
    location: vscode.ProgressLocation.Notification,
    title: "Attaching the debugger…",
    cancellable: true,
  };
  await vscode.window.withProgress(progress, async (_, token) => {
    for (const target of chosen) {
      if (token.isCancellationRequested) return;
      const configuration = entering(debugType(), run, target, ctx.debugging.newId());
      const starting = ctx.debugging.start(folder, configuration);
      const listener = token.onCancellationRequested(starting.stop);
      await starting.started;
      listener.dispose();
    }
  });
}
