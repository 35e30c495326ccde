import type { Ctx } from "../context";
import { dismiss } from "../helper/wire.gen";
import { chooseRun } from "../runs/pickRun";

/** Takes a crash's squiggle away. The run and its log stay. */
export async function dismissCrash(ctx: Ctx, argument: unknown): Promise<void> {
  const run = await chooseRun(ctx, argument, {
    title: "Propel: Dismiss Crash",
    placeholder: "Which run's crash should no longer be marked?",
    none: "No run has crashed.",
    fits: ({ state }) => state === "failed" || state === "killed",
  });
  if (run === undefined) return;
  const dismissed = await ctx.helper.request(dismiss, { run: run.run });
  if (dismissed !== undefined) ctx.runs.put(dismissed);
}
