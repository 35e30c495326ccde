import { describe, expect, test } from "vitest";
import { answers, details, sameProposal } from "../../../extension/src/fix/gate";
import type { FixProposal } from "../../../extension/src/helper/wire.gen";

const replacement = { line: 3, character: 0, endLine: 3, endCharacter: 0, newText: "x\n" };

const edit: FixProposal = {
  gate: "The error is … Okay?",
  title: "Create the folder",
  kind: "edit",
  changes: [{ file: "/home/ada/rings/train.py", replacements: [replacement] }],
  command: null,
  warning: null,
  refused: null,
  tried: "",
};

function buttons(proposal: FixProposal): string[] {
  return answers(proposal).map(({ button }) => button);
}

describe("answers", () => {
  test("an edit may be applied without the restart", () => {
    expect(buttons(edit)).toEqual(["Apply and restart", "Apply only"]);
  });

  test("a changed command or one that runs first makes no sense without the restart", () => {
    const rerun = { ...edit, kind: "rerun", changes: [] };
    const install = { ...edit, kind: "command", changes: [], command: "pip install PyYAML" };
    const both = { ...edit, command: "pip install PyYAML" };
    for (const proposal of [rerun, install, both]) {
      expect(buttons(proposal)).toEqual(["Apply and restart"]);
    }
  });

  test("a guide is only read", () => {
    expect(buttons({ ...edit, kind: "guide", changes: [] })).toEqual([]);
  });
});

test("details tell the warning, what runs first and whose unsaved changes are saved", () => {
  const proposal = { ...edit, warning: "It installs a package.", command: "pip install PyYAML" };
  expect(details(proposal, ["train.py"])).toBe(
    "It installs a package.\n\nRuns first: pip install PyYAML\n\n" +
      "Your unsaved changes are saved as well: train.py",
  );
  expect(details(edit, [])).toBe("");
  const told = { ...proposal, warning: null, gate: "… by running `pip install PyYAML`. Okay?" };
  expect(details(told, [])).toBe("");
});

test("a yes holds only for the very same proposal", () => {
  expect(sameProposal(edit, structuredClone(edit))).toBe(true);
  const moved = { ...edit, changes: [{ ...edit.changes[0], replacements: [] }] } as FixProposal;
  expect(sameProposal(edit, moved)).toBe(false);
});
