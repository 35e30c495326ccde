/** Two windows on one folder, and a terminal: the same runs, one notification, one fix. */
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Editor } from "./editor";
import { slowTraining } from "./slowTraining";
import { Training } from "./training";

const slow = "python train_slow.py --steps 8000";
const crashing = "python train.py --epochs 4";

let training: Training;
let first: Editor;
let second: Editor;

beforeAll(async () => {
  training = await Training.open({}, (folder) =>
    writeFile(join(folder, "train_slow.py"), slowTraining),
  );
  first = training.editor;
  second = await first.anotherWindow();
});

afterAll(() => training.close());

async function clear(): Promise<void> {
  for (const editor of [first, second]) {
    await editor.runCommand("Notifications: Clear All Notifications");
  }
}

/** The windows that say so in a notification. */
async function tellers(text: RegExp): Promise<Editor[]> {
  const said = async (editor: Editor): Promise<Editor[]> =>
    (await editor.notifications()).some((one) => text.test(one)) ? [editor] : [];
  return (await Promise.all([first, second].map(said))).flat();
}

/** The one window of the two that tells it; the other stays silent. */
async function theOnlyTeller(text: RegExp): Promise<Editor> {
  await expect.poll(() => tellers(text), { timeout: 60_000 }).not.toHaveLength(0);
  await first.page.waitForTimeout(3000);
  const found = await tellers(text);
  expect(found).toHaveLength(1);
  return found[0] ?? first;
}

test("1. a run of the first window goes on in the second and in a terminal", async () => {
  await second.openView("Propel");
  await training.launch("python train.py", slow);
  await first.notification("Training runs in the screen session");
  await second.treeRow(/train_slow\.py.*running/).waitFor({ timeout: 10_000 });
  await second.treeRow(/step \d+\/8000/).waitFor({ timeout: 30_000 });
  expect(await training.stateOf(slow)).toBe("running");
  expect(await second.notifications()).toEqual([]);
  await second.screenshot("second_window_running");
});

test("2. what the second window ends, the first one shows", async () => {
  await first.openView("Propel");
  await first.treeRow(/train_slow\.py.*running/).waitFor();
  await clear();
  await second.runCommand("Propel: Kill Run");
  expect(await second.dialogText()).toContain(slow);
  await second.clickDialog("Kill");
  for (const editor of [first, second]) {
    await editor.treeRow(/train_slow\.py.*killed/).waitFor({ timeout: 20_000 });
  }
  expect(await training.stateOf(slow)).toBe("killed");
  const teller = await theOnlyTeller(/train_slow\.py --steps 8000 was ended: Ended by you/);
  await teller.screenshot("one_window_tells");
});

test("3. a crash is on its line in both windows, and told in one", async () => {
  await clear();
  await training.launch("python train.py", crashing);
  const teller = await theOnlyTeller(/crashed at train\.py:\d+: FileNotFoundError/);
  await teller.clickNotificationButton("Go to Line");
  for (const editor of [first, second]) {
    const problems = (await editor.problems()).join("\n");
    expect(problems).toContain("missing-output-folder");
    await editor.treeRow(/train\.py --epochs 4.*failed \(exit 1\)/).waitFor();
  }
});

test("4. asked in both windows, the fix is applied and the run restarted once", async () => {
  const file = join(training.folder, "train.py");
  const before = await readFile(file, "utf8");
  const line = before.split("\n").findIndex((text) => text.includes('with open(path, "w"')) + 1;
  for (const editor of [first, second]) {
    await editor.openFile("train.py", line, 10);
    await editor.quickFix("folder");
    expect(await editor.dialogText()).toMatch(/^The error is .+ Okay\?/s);
  }
  await second.clickDialog("Apply and restart");
  await expect.poll(() => training.stateOf(crashing), { timeout: 60_000 }).toBe("succeeded");
  const fixed = await readFile(file, "utf8");
  expect(fixed).not.toBe(before);
  // The first window's question still stands there, for a crash that is no more.
  await first.clickDialog("Apply and restart");
  await first.notification(/has no crash|still runs|no fix/);
  await first.screenshot("fixed_in_the_other");
  for (const editor of [first, second]) {
    await editor.treeRow(/train\.py --epochs 4.*succeeded.*attempt 2/).waitFor();
    await editor.squiggles.first().waitFor({ state: "detached" });
  }
  expect(await readFile(file, "utf8")).toBe(fixed);
  const [run] = await training.runs();
  expect(run).toMatchObject({ command: crashing, attempt: 2 });
});

test("5. an end while every connection was lost is told by the next window, once", async () => {
  await first.losePage();
  await second.losePage();
  // Their extension hosts live on: the editor gives a lost window hours to come back.
  const command = "bash no_such_script.sh";
  await training.helper("launch", "--cwd", training.folder, "--", command);
  await expect.poll(() => training.stateOf(command), { timeout: 30_000 }).toBe("failed");
  // Longer than the helpers of the lost windows take to see it.
  await new Promise((resolve) => setTimeout(resolve, 3000));
  await first.openPage();
  expect(await first.notification(/no_such_script\.sh crashed/)).toContain("No such file");
  await first.screenshot("told_by_the_next_window");
  await second.openPage();
  await second.openView("Propel");
  await second.treeRow(/no_such_script.*failed \(exit 127\)/).waitFor();
  expect(await second.notifications()).toEqual([]);
});
