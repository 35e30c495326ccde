import { expect, test } from "vitest";
import { RestartBudget } from "../../../extension/src/helper/restartBudget";

test("a few crashes in a row are answered by a restart, then no more", () => {
  const budget = new RestartBudget(2, 1000);
  expect([0, 10, 20].map((time) => budget.spend(time))).toEqual([true, true, false]);
});

test("crashes far apart never add up", () => {
  const budget = new RestartBudget(1, 1000);
  expect([0, 1000, 2000].map((time) => budget.spend(time))).toEqual([true, true, true]);
});

test("a person's restart starts the count anew", () => {
  const budget = new RestartBudget(1, 1000);
  budget.spend(0);
  expect(budget.spend(1)).toBe(false);
  budget.reset();
  expect(budget.spend(2)).toBe(true);
});
