import type { Ctx } from "../context";
import { checkInOnRequest } from "../coach/checkIn";
import { chooseRun } from "../runs/pickRun";

/** How a run stands and what about it to look at. */
export async function checkInOnRun(ctx: Ctx, argument: unknown): Promise<void> {
  const run = await chooseRun(ctx, argument, {
    title: "Propel: Check In",
    placeholder: "Which run should be looked at?",
    none: 'There is no run yet. "Propel: Launch Training" starts one.',
    fits: () => true,
  });
  if (run !== undefined) await checkInOnRequest(ctx, run);
}
