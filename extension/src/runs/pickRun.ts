import * as vscode from "vscode";
import type { Ctx } from "../context";
import type { Run } from "../helper/wire.gen";
import { withoutIcons } from "../plainText";
import { stringIn } from "../commands/arguments";
import { look, summary } from "./describe";

export interface Wanted {
  readonly title: string;
  readonly placeholder: string;
  /** What to say when no run fits. */
  readonly none: string;
  readonly fits: (run: Run) => boolean;
}

/** The run that a command's argument names, else the only one that fits, else a person's pick. */
export async function chooseRun(
  ctx: Ctx,
  argument: unknown,
  wanted: Wanted,
): Promise<Run | undefined> {
  const named = stringIn(argument, "run");
  if (named !== undefined && ctx.runs.get(named) === undefined) await ctx.runs.refresh();
  if (named !== undefined) {
    const run = ctx.runs.get(named);
    if (run === undefined) {
      void vscode.window.showWarningMessage(
        `There is no run ${named} any more. "Propel: Show Runs" lists those there are.`,
      );
    }
    return run;
  }
  await ctx.runs.refresh();
  const fitting = ctx.runs.all.filter(wanted.fits);
  if (fitting.length > 1) return pickRun(fitting, wanted);
  if (fitting[0] === undefined) void vscode.window.showInformationMessage(wanted.none);
  return fitting[0];
}

/** A quick pick of runs. */
export async function pickRun(
  runs: readonly Run[],
  { title, placeholder }: Pick<Wanted, "title" | "placeholder">,
): Promise<Run | undefined> {
  const now = Date.now() / 1000;
  const items = runs.map((run) => ({
    run,
    label: withoutIcons(run.command),
    iconPath: new vscode.ThemeIcon(look(run.state).icon),
    description: withoutIcons(summary(run, now)),
  }));
  const picked = await vscode.window.showQuickPick(items, {
    title,
    placeHolder: placeholder,
    matchOnDescription: true,
  });
  return picked?.run;
}
