import { expect, test } from "vitest";
import { wrapped } from "../../../extension/src/launch/wrapped";

test("a long remark takes several lines that fit, and loses no word", () => {
  const text = "This run trains in fp16: numbers end at 65504. ".repeat(4).trim();
  const lines = wrapped(text);
  expect(lines.join(" ")).toBe(text);
  expect(lines.length).toBeGreaterThan(2);
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(66);
});

test("a word that is longer than a line stands alone", () => {
  const path = `/data/${"x".repeat(90)}`;
  expect(wrapped(`no ${path} here`)).toEqual(["no", path, "here"]);
  expect(wrapped("")).toEqual([]);
});
