/** A worker that outlives its session is told in the Runs view, and ended from there. */
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { execute, Training } from "./training";

const command = "python outlives.py";
// As torchrun starts its workers: in a terminal session of their own.
const outlives = `
import subprocess, sys

worker = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(300)"], start_new_session=True)
print("started", worker.pid, flush=True)
worker.wait()
`;

let training: Training;

beforeAll(async () => {
  training = await Training.open({}, (folder) => writeFile(join(folder, "outlives.py"), outlives));
});

afterAll(() => training.close());

test("1. a worker whose session is gone still runs, and is named", async () => {
  const { editor } = training;
  await editor.openView("Propel");
  await training.launch("python train.py", command);
  await editor.notification("Training runs in the screen session");
  await editor.treeRow(/outlives\.py.*running/).waitFor({ timeout: 10_000 });
  const [run] = await training.runs();
  if (run === undefined) throw new Error("There is no run.");
  await expect.poll(() => training.helper("show", run.run)).toContain("Really runs");
  await execute("screen", ["-S", run.session, "-X", "quit"]);
  await expect.poll(() => training.helper("show", run.run)).toContain("it runs on without one");
  await editor.treeRow(/Its screen session is gone and it runs on without one/).waitFor();
  await editor.screenshot("outlives_running");
  expect(await training.stateOf(command)).toBe("running");
});

test("2. Kill ends it", async () => {
  const { editor } = training;
  await editor.runCommand("Propel: Kill Run");
  await editor.clickDialog("Kill");
  await editor.treeRow(/outlives\.py.*killed/).waitFor({ timeout: 20_000 });
  await editor.screenshot("outlives_killed");
  const { stdout } = await execute("ps", ["-eo", "args"]);
  expect(stdout).not.toContain("import time; time.sleep(300)");
});
