import { checkIn } from "../coach/checkIn";
import type { Ctx } from "../context";
import { chooseRun } from "../runs/pickRun";

/** Shows a run's charts and its log, and says what in them to look at. */
export async function openRunPanel(ctx: Ctx, argument: unknown): Promise<void> {
  const run = await chooseRun(ctx, argument, {
    title: "Propel: Open Run Panel",
    placeholder: "Which run's charts and log should be shown?",
    none: 'There is no run yet. "Propel: Launch Training" starts one.',
    fits: () => true,
  });
  if (run === undefined) return;
  ctx.panels.show(run);
  await checkIn(ctx, run);
}
