import { describe, expect, test } from "vitest";
import { modeIn, switched } from "../../extension/src/mode";

const now = new Date("2025-03-01T10:00:00.000Z");

test.each([
  [`{"mode": "trainer"}`, "trainer"],
  [`{"mode": 3}`, undefined],
  ["[]", undefined],
  ["not json", undefined],
  [undefined, undefined],
])("the mode in %j is %j", (text, mode) => {
  expect(modeIn(text)).toBe(mode);
});

describe("switched", () => {
  test("says when and from what", () => {
    expect(JSON.parse(switched(`{"mode": "engineer"}`, "trainer", now))).toEqual({
      mode: "trainer",
      switched_at: "2025-03-01T10:00:00.000Z",
      previous_mode: "engineer",
    });
  });

  test("has no previous mode the first time, nor after a broken file", () => {
    for (const text of [undefined, "{"]) {
      expect(JSON.parse(switched(text, "trainer", now))).toMatchObject({ previous_mode: null });
    }
  });

  test("keeps what others wrote", () => {
    expect(JSON.parse(switched(`{"mode": "engineer", "task": "x"}`, "trainer", now))).toMatchObject(
      { task: "x" },
    );
  });
});
