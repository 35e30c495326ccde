import { expect, test } from "vitest";
import { changedText, firstChange } from "../../../extension/src/fix/changedText";

const inserted = { line: 1, character: 0, endLine: 1, endCharacter: 0, newText: "import os\n" };
const renamed = { line: 2, character: 5, endLine: 2, endCharacter: 8, newText: "out" };

test("every replacement counts from the text as it was", () => {
  const text = "a = 1\nb = 2\nopen('𝄞', 'x')\n";
  expect(changedText(text, [inserted, { ...renamed, character: 6 }])).toBe(
    "a = 1\nimport os\nb = 2\nopen('out', 'x')\n",
  );
});

test("new lines end as the file's own do, and nothing else changes", () => {
  const text = "a = 1\r\nb = 2\r\nopen(dat)\r\n";
  expect(changedText(text, [renamed, inserted])).toBe(
    "a = 1\r\nimport os\r\nb = 2\r\nopen(out)\r\n",
  );
});

test("a line behind the last one is where the text ends", () => {
  const end = { line: 1, character: 0, endLine: 1, endCharacter: 0, newText: "\nb = 2" };
  expect(changedText("a = 1", [end])).toBe("a = 1\nb = 2");
});

test("what is put in at the same place stands in the order of the fix, as in the editor", () => {
  const also = { ...inserted, newText: "import sys\n" };
  expect(changedText("a = 1\nb = 2\n", [inserted, also])).toBe(
    "a = 1\nimport os\nimport sys\nb = 2\n",
  );
});

test("the first change is told with what would stand on its line", () => {
  const text = "a = 1\r\nb = 2\r\nopen(dat)\r\n";
  expect(firstChange(text, [renamed])).toEqual({ line: 2, text: "open(out)" });
  expect(firstChange(text, [renamed, inserted])).toEqual({ line: 1, text: "import os" });
  expect(firstChange(text, [])).toBeUndefined();
});
