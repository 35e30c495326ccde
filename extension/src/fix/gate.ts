/** The gate: the helper's sentence word for word, and a person's yes. Needs no editor. */
import type { FixProposal } from "../helper/wire.gen";
import { plain } from "../plainText";

export interface Answer {
  readonly button: string;
  readonly restart: boolean;
}

const withRestart: Answer = { button: "Apply and restart", restart: true };
const alone: Answer = { button: "Apply only", restart: false };

/** What can be said yes to. Only edits make sense without the restart that they are for. */
export function answers({ kind, changes, command }: FixProposal): readonly Answer[] {
  if (kind === "guide") return [];
  return kind === "edit" && changes.length > 0 && command === null
    ? [withRestart, alone]
    : [withRestart];
}

/** What stands below the gate's sentence. `unsaved`: names of files with changes of the person's. */
export function details(proposal: FixProposal, unsaved: readonly string[]): string {
  const { command, warning } = proposal;
  const untold = command !== null && !proposal.gate.includes(command) ? command : null;
  const parts = [
    warning === null ? undefined : plain(warning),
    untold === null ? undefined : `Runs first: ${plain(untold)}`,
    unsaved.length === 0
      ? undefined
      : `Your unsaved changes are saved as well: ${unsaved.map(plain).join(", ")}`,
  ];
  return parts.filter((part) => part !== undefined).join("\n\n");
}

/** Whether two proposals ask for the same yes. */
export function sameProposal(left: FixProposal, right: FixProposal): boolean {
  return JSON.stringify(left) === JSON.stringify(right);
}
