import * as vscode from "vscode";
import type { Ctx } from "../context";
import { remember } from "../helper/wire.gen";
import { askTarget } from "../launch/askQuestion";
import { chooseRun } from "../runs/pickRun";

/** The metric and the value that a run is to reach; those like it that come after have it, too. */
export async function setTarget(ctx: Ctx, argument: unknown): Promise<void> {
  const run = await chooseRun(ctx, argument, {
    title: "Propel: Set Target Metric",
    placeholder: "Which run's target?",
    none: 'There is no run yet. "Propel: Launch Training" starts one.',
    fits: () => true,
  });
  if (run === undefined) return;
  const target = await askTarget(ctx, run.cwd);
  if (target === undefined) return;
  const answers = { "target-metric": target };
  const kept = await ctx.helper.request(remember, {
    ...{ run: run.run, folder: run.cwd, answers, seen: [] },
  });
  if (kept === undefined) return;
  const told = target === "" ? "This run has no target any more." : `The target is ${target}.`;
  void vscode.window.showInformationMessage(told);
}
