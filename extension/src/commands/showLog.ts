import type { Ctx } from "../context";

export function showLog(ctx: Ctx): Promise<void> {
  ctx.log.show();
  return Promise.resolve();
}
