import { describe, expect, test } from "vitest";
import {
  bytes,
  byNewest,
  duration,
  elapsed,
  progressParts,
  stateText,
  summary,
} from "../../../extension/src/runs/describe";
import { sampleRun } from "./sample";

test.each([
  [0, "0 bytes"],
  [1023, "1023 bytes"],
  [3_565_158, "3.4 MiB"],
  [5 * 2 ** 50, "5120.0 TiB"],
])("%d bytes are %j", (count, text) => {
  expect(bytes(count)).toBe(text);
});

test.each([
  [-3, "0 s"],
  [0.9, "0 s"],
  [45, "45 s"],
  [60, "1 min"],
  [200, "3 min 20 s"],
  [7200 + 299, "2 h 4 min"],
  [86_400 + 3 * 3600, "1 d 3 h"],
  [86_400 + 59, "1 d"],
])("%d seconds are %j", (seconds, text) => {
  expect(duration(seconds)).toBe(text);
});

describe("elapsed", () => {
  test("a running run is measured until now, an ended one until its end", () => {
    expect(elapsed(sampleRun(), 1_000_030)).toBe("30 s");
    expect(elapsed(sampleRun({ state: "failed", ended: 1_000_012 }), 2_000_000)).toBe("12 s");
  });

  test("a lost run has no known length", () => {
    expect(elapsed(sampleRun({ state: "lost" }), 2_000_000)).toBeUndefined();
  });
});

test("a failed run tells its exit status, where it is known", () => {
  expect(stateText(sampleRun({ state: "failed", exitStatus: 1 }))).toBe("failed (exit 1)");
  expect(stateText(sampleRun({ state: "failed" }))).toBe("failed");
  expect(stateText(sampleRun({ state: "succeeded", exitStatus: 0 }))).toBe("succeeded");
  expect(stateText(sampleRun({ silence: "It prints nothing." }))).toBe("running, silent");
});

test("the summary names state, time, attempt and session, clean of terminal codes", () => {
  const run = sampleRun({ attempt: 2, session: "4711.\u001b[1mpropel" });
  expect(summary(run, 1_000_005)).toBe("running · 5 s · attempt 2 · 4711.propel");
  const debugged = { ...run, debugged: "python debugpy train.py" };
  expect(summary(debugged, 1_000_005)).toContain("attempt 2 · under the debugger · 4711");
});

test("progress stands between time and session, its speed only while the run goes on", () => {
  const words = {
    epoch: "1/3",
    step: "12/90",
    loss: "nan",
    lr: "0.1",
    rate: "2 steps/s",
    left: "",
  };
  const run = sampleRun({ session: "s" });
  expect(summary(run, 1_000_005, words)).toBe(
    "running · 5 s · step 12/90 · loss nan · 2 steps/s · s",
  );
  const over = sampleRun({ state: "succeeded" });
  expect(progressParts(over, { ...words, step: "" })).toEqual(["epoch 1/3", "loss nan"]);
});

test("newest first", () => {
  const runs = [1, 3, 2].map((started) => sampleRun({ started }));
  expect(runs.sort(byNewest).map(({ started }) => started)).toEqual([3, 2, 1]);
});
