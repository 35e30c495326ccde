import type { Ctx } from "../context";
import { chooseCrash, goToCrash } from "../runs/crashOf";

export async function goToCrashLine(ctx: Ctx, argument: unknown): Promise<void> {
  const notice = await chooseCrash(ctx, argument, "Propel: Go to Crash");
  if (notice !== undefined) await goToCrash(notice);
}
