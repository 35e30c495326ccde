/** The fix of a run that can be taken back. Needs no editor. */
import type { FixRecord, Run } from "../helper/wire.gen";

/** The newest fix whose edits still stand in files, as the helper's revert would take it. */
export function standingFix({ fixes }: Pick<Run, "fixes">): FixRecord | undefined {
  return fixes.findLast(({ files, reverted }) => files.length > 0 && !reverted);
}
