/** What is confirmed before a launch, in words. Needs no editor. */
import type { LaunchPlan } from "../helper/wire.gen";
import { plain, plainLine } from "../plainText";

/** What would run, word for word, where and with what. */
export function confirmation(plan: LaunchPlan): string {
  const facts = [
    `Folder: ${plainLine(plan.cwd)}`,
    `Session: ${plainLine(plan.backend)}`,
    ...(plan.scheduled
      ? [`Slurm options: ${plan.options === "" ? "none" : plainLine(plan.options)}`]
      : []),
    `Python: ${plan.python === null ? "not known before it runs" : plainLine(plan.python)}`,
  ];
  const notes = plan.notes.map((note) => `• ${plainLine(note)}`);
  const groups = [[plain(plan.command)], facts, notes].filter((group) => group.length > 0);
  return groups.map((group) => group.join("\n")).join("\n\n");
}
