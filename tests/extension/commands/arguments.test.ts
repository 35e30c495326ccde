import { expect, test } from "vitest";
import { stringIn } from "../../../extension/src/commands/arguments";

test.each([
  [{ run: "a" }, "a"],
  [{ run: "" }, undefined],
  [{ run: 3 }, undefined],
  [{}, undefined],
  [null, undefined],
  [undefined, undefined],
  ["run", undefined],
])("the run in %j is %j", (argument, wanted) => {
  expect(stringIn(argument, "run")).toBe(wanted);
});
