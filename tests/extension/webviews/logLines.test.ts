import { expect, test } from "vitest";
import { found, LogLines, mostLines } from "../../../extension/src/webviews/runPanel/logLines";

function page(offsets: readonly number[], end: number, size = end, pending = "") {
  const lines = offsets.map((offset) => ({ offset, text: `at ${offset}` }));
  const start = offsets[0] ?? end;
  return { attempt: 1, size, start, end, lines, pending, crash: null };
}

test("the end, what comes after it, and what stands before", () => {
  const lines = new LogLines();
  expect(lines.take("end", page([50, 60], 70, 70, "hal"))).toBe("all");
  expect([lines.hasStart, lines.hasEnd, lines.pending]).toEqual([false, true, "hal"]);
  expect(lines.take("after", page([70, 80], 90))).toBe("bottom");
  expect(lines.rows.map(({ offset }) => offset)).toEqual([50, 60, 70, 80]);
  expect([lines.end, lines.pending]).toEqual([90, ""]);
  expect(lines.take("before", page([0, 20], 50, 90))).toBe("top");
  expect(lines.rows.map(({ offset }) => offset)).toEqual([0, 20, 50, 60, 70, 80]);
  expect([lines.hasStart, lines.hasEnd]).toEqual([true, true]);
  expect([lines.indexOf(60), lines.indexOf(65), lines.indexOf(999)]).toEqual([3, 3, 5]);
});

test("what was left out between two pages is a gap", () => {
  const lines = new LogLines();
  lines.take("end", page([0], 10));
  lines.take("after", page([500, 510], 520));
  expect(lines.rows.map(({ isAfterGap }) => isAfterGap)).toEqual([false, true, false]);
});

test("a log that was cut begins anew", () => {
  const lines = new LogLines();
  lines.take("end", page([0, 100], 200));
  lines.take("after", page([0], 5));
  expect(lines.rows.map(({ offset }) => offset)).toEqual([0]);
});

test("only so many lines are kept", () => {
  const lines = new LogLines();
  const many = Array.from({ length: mostLines }, (_, index) => index);
  lines.take("end", page(many, mostLines));
  lines.take("after", page([mostLines], mostLines + 1));
  expect([lines.rows.length, lines.rows[0]?.offset, lines.hasStart]).toEqual([mostLines, 1, false]);
});

test("where a text stands, in either case", () => {
  expect(found("Loss loss LOSS", "loss")).toEqual([
    [0, 4],
    [5, 9],
    [10, 14],
  ]);
  expect(found("x", "")).toEqual([]);
  expect(found("aaa", "aa")).toEqual([[0, 2]]);
});
