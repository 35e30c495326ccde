import { expect, test } from "vitest";
import {
  bytes,
  clock,
  count,
  short,
  ticks,
} from "../../../extension/src/webviews/runPanel/numbers";

test.each([
  [0, "0"],
  [0.031234, "0.03123"],
  [3e-4, "3e-4"],
  [1.25e-5, "1.25e-5"],
  [12, "12"],
  [999, "999"],
  [12_500, "12.5k"],
  [1_234_567, "1.235M"],
  [-2500, "-2.5k"],
  [5e9, "5G"],
  [2e20, "2e20"],
])("%d is %s", (value, text) => {
  expect(short(value)).toBe(text);
});

test("ticks of one axis look alike and differ", () => {
  expect(ticks([0, 0.5, 1, 1.5])).toEqual(["0", "0.5", "1.0", "1.5"]);
  expect(ticks([0, 50, 100])).toEqual(["0", "50", "100"]);
  expect(ticks([0, 10_000, 20_000])).toEqual(["0", "10k", "20k"]);
  expect(ticks([100_000, 100_500, 101_000])).toEqual(["100.0k", "100.5k", "101.0k"]);
  expect(ticks([0, 2e-4, 4e-4])).toEqual(["0", "2e-4", "4e-4"]);
  expect(ticks([0, 2.5e-4, 5e-4, 1e-3])).toEqual(["0", "0.25e-3", "0.50e-3", "1.00e-3"]);
  expect(ticks([500, 1000, 1500])).toEqual(["0.5k", "1.0k", "1.5k"]);
  expect(ticks([])).toEqual([]);
});

test.each([
  [0, "0 s"],
  [59, "59 s"],
  [200, "3:20"],
  [7500, "2:05:00"],
  [200_000, "2 d 7 h"],
])("%d seconds are %s", (seconds, text) => {
  expect(clock(seconds)).toBe(text);
});

test("bytes", () => {
  expect([bytes(12), bytes(640_000), bytes(4e9)]).toEqual(["12 bytes", "640kB", "4GB"]);
});

test("a step in a sentence", () => {
  expect([count(19_999), count(0.37), count(7), count(12_500_000)]).toEqual([
    "19,999",
    "0.37",
    "7",
    "12.5M",
  ]);
});
