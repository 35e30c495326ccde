import { expect, test } from "vitest";
import { align, nearest, smoothed } from "../../../extension/src/webviews/runPanel/align";
import { linesOf, padded, signature, usual } from "../../../extension/src/webviews/runPanel/plot";

function curve(at: readonly number[], values: readonly (number | null)[], attempt = 1) {
  return { attempt, name: "loss", at, seconds: at.map((place) => place * 3), values };
}

test("curves share one axis; where one has no point there is none", () => {
  const { xs, ys } = align([curve([1, 3], [5, 6]), curve([2, 3], [7, null])], "step");
  expect(xs).toEqual([1, 2, 3]);
  expect(ys).toEqual([
    [5, undefined, 6],
    [undefined, 7, null],
  ]);
});

test("a place that comes twice stands once, with the later value", () => {
  expect(align([curve([1, 1, 2], [5, 6, 7])], "step")).toEqual({ xs: [1, 2], ys: [[6, 7]] });
  expect(align([curve([1, 2], [5, 6])], "time").xs).toEqual([3, 6]);
});

test("a mean has no pull towards zero, and leaves gaps", () => {
  expect(smoothed([4, 4, null, 4], 0.9)).toEqual([4, 4, null, 4].map(close));
  const [first, second] = smoothed([0, 1], 0.5);
  expect(first).toBe(0);
  expect(second).toBeCloseTo(2 / 3);
});

function close(value: number | null): unknown {
  return value === null ? null : expect.closeTo(value, 9);
}

test("the nearest point that there is", () => {
  expect(nearest([undefined, 1, undefined, undefined, 2], 2)).toBe(1);
  expect(nearest([undefined, 1, undefined, undefined, 2], 4)).toBe(4);
  expect(nearest([null, undefined], 0)).toBeUndefined();
});

test("the newest attempt is named, earlier ones are faint; a mean leaves its values faint", () => {
  const many = Array.from({ length: 20 }, (_, index) => index);
  const curves = [curve(many, many, 2), curve([1], [1], 1)];
  const main = { slot: "main", curves, newest: 2 } as const;
  const told = (weight: number) =>
    linesOf([main], weight).map(({ look, isNamed }) => [look, isNamed] as const);
  expect(told(0)).toEqual([
    ["plain", true],
    ["faint", false],
  ]);
  expect(told(0.5)).toEqual([
    ["faint", false],
    ["smooth", true],
    ["faint", false],
  ]);
  const few = linesOf([{ slot: "main", curves: [curve([1], [1])], newest: 1 }], 0.5);
  expect(few.map(({ look }) => look)).toEqual(["plain"]);
});

test("two runs have colours of their own", () => {
  const main = { slot: "main", curves: [curve([1], [1])], newest: 1 } as const;
  const lines = linesOf([main, { ...main, slot: "other" }], 0);
  expect(lines.map(({ label }) => label)).toEqual(["loss", "loss (other)"]);
  expect(new Set(lines.map(({ colour }) => colour)).size).toBe(2);
  expect(signature(lines, false)).not.toBe(signature(lines, true));
  expect(signature(lines, false)).not.toBe(signature(lines.slice(1), false));
});

test("the value axis shows a little more than the values, and zero where it is near", () => {
  expect(padded(0.1, 2)).toEqual([0, expect.closeTo(2.114, 3)]);
  expect(padded(5, 6)).toEqual([expect.closeTo(4.94, 3), expect.closeTo(6.06, 3)]);
  expect(padded(3, 3)).toEqual([expect.closeTo(2.7, 3), expect.closeTo(3.3, 3)]);
  expect(padded(null, null)).toEqual([0, 1]);
});

test("a few values far above all others may stand outside", () => {
  const rates = Array.from({ length: 100 }, () => 20);
  expect(usual([400, ...rates, null])).toEqual([20, 25]);
  expect(usual([30, ...rates])).toEqual([20, 30]);
  expect(usual([400, 20])).toEqual([20, 25]);
  expect(usual([null])).toBeUndefined();
});
