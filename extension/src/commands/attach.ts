import type { Ctx } from "../context";
import { chooseRun } from "../runs/pickRun";
import { attach } from "../terminal";

export async function attachToRun(ctx: Ctx, argument: unknown): Promise<void> {
  const run = await chooseRun(ctx, argument, {
    title: "Propel: Attach to Session",
    placeholder: "Which run's session should be shown in a terminal?",
    none: 'No run has a session to attach to. "Propel: Launch Training" starts one.',
    fits: ({ state }) => state !== "lost",
  });
  if (run !== undefined) attach(run);
}
