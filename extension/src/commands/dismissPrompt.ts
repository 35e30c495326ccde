import type { Ctx } from "../context";
import { dismissPrompt } from "../helper/wire.gen";
import { stringIn } from "./arguments";
import { checkInOnRun } from "./checkIn";

/** No more of one prompt or hint for its run; without one that is named, shows what there is. */
export async function dismissOnePrompt(ctx: Ctx, argument: unknown): Promise<void> {
  const run = stringIn(argument, "run");
  const prompt = stringIn(argument, "prompt");
  if (run === undefined || prompt === undefined) await checkInOnRun(ctx, argument);
  else await ctx.helper.request(dismissPrompt, { run, prompt });
}
