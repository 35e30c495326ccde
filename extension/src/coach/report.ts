/** A check-in in words. Needs no editor. */
import type { CheckInReport } from "../helper/wire.gen";
import { plainLine } from "../plainText";

/** State and progress, then what to look at. */
export function reportText({ lines, remarks, dismissed }: CheckInReport): string {
  const none = dismissed.length === 0 ? "Nothing in this log stands out." : "";
  const said = remarks.map(({ text }) => `• ${plainLine(text)}`);
  const hidden = dismissed.length === 0 ? "" : `Dismissed: ${dismissed.map(plainLine).join(", ")}.`;
  const groups = [lines.map(plainLine).join("\n"), ...(said.length === 0 ? [none] : said), hidden];
  return groups.filter((group) => group !== "").join("\n\n");
}
