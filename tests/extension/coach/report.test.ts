import { expect, test } from "vitest";
import { reportText } from "../../../extension/src/coach/report";
import { sampleRun } from "../runs/sample";

const report = { run: sampleRun(), lines: ["Running for 5 s.", "Step 3."], dismissed: [] };

test("state first, then each remark in a paragraph of its own", () => {
  const remarks = ["The loss\u001b[1m is flat.", "Slow."].map((text) => ({
    ...{ id: "x", text, fix: "", file: null, line: null },
  }));
  expect(reportText({ ...report, remarks })).toBe(
    "Running for 5 s.\nStep 3.\n\n• The loss is flat.\n\n• Slow.",
  );
});

test("without remarks it says so, and what was dismissed", () => {
  expect(reportText({ ...report, remarks: [] })).toContain("Nothing in this log stands out.");
  const text = reportText({ ...report, remarks: [], dismissed: ["plateau"] });
  expect(text).toBe("Running for 5 s.\nStep 3.\n\nDismissed: plateau.");
});
