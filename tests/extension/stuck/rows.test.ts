import { expect, test } from "vitest";
import type { StuckReport, WaitGroup } from "../../../extension/src/helper/wire.gen";
import { rowsOf, textOf } from "../../../extension/src/stuck/rows";

const frames = [
  { file: "train.py", line: 22, function: "<module>", code: "main()", user: true },
  { file: "train.py", line: 20, function: "main", code: "dist.all_reduce(x)", user: true },
  { file: "/v/torch/c10d.py", line: 83, function: "all_reduce", code: null, user: false },
];

function group(changes: Partial<WaitGroup>): WaitGroup {
  return {
    who: "Ranks 0, 1",
    text: "Ranks 0, 1 wait in all_reduce at train.py:20.",
    doing: "waiting in all_reduce",
    wait: "collective",
    call: "all_reduce",
    ranks: [0, 1],
    pids: [7, 8],
    role: "rank",
    isOdd: false,
    moves: false,
    at: { file: "train.py", line: 20 },
    frames,
    ...changes,
  };
}

function report(groups: readonly WaitGroup[], notes: readonly string[] = []): StuckReport {
  return {
    root: "/p",
    logSize: 0,
    hang: { run: "r1", text: "The answer.", groups, recorder: [], notes },
  };
}

test("each group has its lines, innermost first, to go to", () => {
  const rows = rowsOf(report([group({})]));
  expect(rows).toMatchObject([
    { tag: "heading", label: "Ranks 0, 1" },
    {
      icon: "debug-pause",
      label: "Ranks 0, 1 wait in all_reduce at train.py:20",
      description: "dist.all_reduce(x)",
      place: { file: "/p/train.py", line: 20 },
    },
    { label: "train.py:22 in <module>", place: { file: "/p/train.py", line: 22 } },
    { tag: "heading" },
    { tag: "copy" },
  ]);
});

test("the odd rank is said to be it, and what only serves is left out", () => {
  const odd = group({ who: "Rank 2", isOdd: true, frames: [], at: null });
  const helper = group({ who: "Process 9", role: "helper" });
  const idle = group({ who: "A worker", role: "worker", at: null });
  const headings = rowsOf(report([odd, helper, idle])).filter(({ tag }) => tag === "heading");
  expect(headings.map((row) => ("label" in row ? row.label : ""))).toEqual([
    "Rank 2: the others wait for it",
    "",
  ]);
});

test("what was not seen is said, and nothing becomes an icon", () => {
  const rows = rowsOf(report([], ["Rank 3: $(bug)\u001b[31m gone."]));
  expect(rows[1]).toMatchObject({ label: "Rank 3: \\$(bug) gone.", place: undefined });
});

test("the text to copy has every frame", () => {
  const text = textOf(report([group({})], ["A note."]).hang);
  expect(text).toContain("Run r1: The answer.\nA note.\n");
  expect(text).toContain("(process 7, 8)");
  expect(text).toContain("    /v/torch/c10d.py:83 in all_reduce\n  > train.py:20 in main   dist");
});
