import type { Ctx } from "../context";

export async function restartHelper(ctx: Ctx): Promise<void> {
  if (!(await ctx.helper.restart())) ctx.helper.tellDown();
}
