import type { Ctx } from "../context";
import { unmark } from "../helper/wire.gen";
import { chooseRun } from "../runs/pickRun";

/** Takes the marks of "Why Is It Stuck?" away. */
export async function unmarkLines(ctx: Ctx, argument: unknown): Promise<void> {
  const run = await chooseRun(ctx, argument, {
    title: "Propel: Dismiss Wait Marks",
    placeholder: "Which run's lines should no longer be marked?",
    none: "No run is under way, so that no line is marked.",
    fits: ({ state }) => state === "running",
  });
  if (run !== undefined) await ctx.helper.request(unmark, { run: run.run });
}
