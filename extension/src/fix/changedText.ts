/** What a file would hold after a fix. Needs no editor. */
import type { Replacement } from "../helper/wire.gen";

/** `text` with `replacements` applied: none overlaps another; new lines get the file's own ends. */
export function changedText(text: string, replacements: readonly Replacement[]): string {
  const starts = lineStarts(text);
  const ends = text.includes("\r\n") ? "\r\n" : "\n";
  const placed = replacements.map((one) => ({
    start: (starts[one.line] ?? text.length) + one.character,
    stop: (starts[one.endLine] ?? text.length) + one.endCharacter,
    newText: one.newText.replaceAll("\n", ends),
  }));
  placed.sort((left, right) => left.start - right.start);
  let changed = text;
  for (const { start, stop, newText } of placed.reverse()) {
    changed = changed.slice(0, start) + newText + changed.slice(stop);
  }
  return changed;
}

/** The first line of `text` (from 0) that `replacements` change, and what would stand there. */
export function firstChange(
  text: string,
  replacements: readonly Replacement[],
): { readonly line: number; readonly text: string } | undefined {
  const changed = changedText(text, replacements).split(/\r\n|\r|\n/);
  const before = text.split(/\r\n|\r|\n/);
  const line = changed.findIndex((one, index) => one !== before[index]);
  const there = changed[line];
  return there === undefined ? undefined : { line, text: there };
}

/** Offsets at which the editor's lines begin. */
function lineStarts(text: string): readonly number[] {
  return [0, ...[...text.matchAll(/\r\n|\r|\n/g)].map(({ 0: end, index }) => index + end.length)];
}
