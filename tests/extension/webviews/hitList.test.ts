import { expect, test } from "vitest";
import { HitList } from "../../../extension/src/webviews/runPanel/hitList";

const hits = (offsets: readonly number[], next: number | null = null) => ({
  lines: offsets.map((offset) => ({ offset, text: "loss" })),
  next,
  size: 4e9,
});

test("hits come in pieces; from the last one on to the first, and back", () => {
  const list = new HitList();
  list.begin("loss");
  expect(list.text).toBe("searching…");
  expect(list.take(hits([10, 20], 2e9))).toBe(2e9);
  expect(list.text).toBe("2 hits in 2GB of 4GB");
  expect(list.step(1)?.offset).toBe(10);
  expect(list.take(hits([30]))).toBeUndefined();
  expect(list.text).toBe("1 of 3");
  expect([list.step(1)?.offset, list.step(1)?.offset, list.step(1)?.offset]).toEqual([20, 30, 10]);
  expect(list.step(-1)?.offset).toBe(30);
  expect(list.text).toBe("3 of 3");
});

test("a text that is nowhere, and a search that is given up", () => {
  const list = new HitList();
  list.begin("x");
  const before = list.search;
  list.take(hits([]));
  expect([list.text, list.step(1), list.current]).toEqual(["not found", undefined, undefined]);
  list.end();
  expect([list.text, list.needle, list.search]).toEqual(["", "", before + 1]);
});

test("backwards from nowhere is the last hit", () => {
  const list = new HitList();
  list.begin("x");
  list.take(hits([1, 2, 3]));
  expect(list.step(-1)?.offset).toBe(3);
});

test("there is an end to hits", () => {
  const list = new HitList();
  list.begin("x");
  const many = Array.from({ length: 5000 }, (_, index) => index);
  expect(list.take(hits(many, 100))).toBeUndefined();
});
