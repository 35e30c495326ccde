/** Two gloo ranks, one of which never joins the all-reduce: told apart, named, marked, unharmed. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { torchPython } from "../../extension/dev/torch.mjs";
import type { Editor } from "./editor";
import { command, lineOf, release, script, writeRanks } from "./ranks";
import { Training } from "./training";

const python = await torchPython();
const waits = `${script}:${lineOf("dist.all_reduce")}`;
const reads = `${script}:${lineOf("with open(path)")}`;
const answer = `Rank 0 waits in all_reduce at ${waits}; rank 1 is elsewhere: ${reads} (opening a file).`;

let training: Training;
let editor: Editor;
let text: string;

beforeAll(async () => {
  if (python === undefined) return;
  text = command(python);
  training = await Training.open({}, writeRanks);
  ({ editor } = training);
  await training.helper("launch", "--cwd", training.folder, "--", text);
});

afterAll(async () => {
  if (python !== undefined) await training.close();
});

async function placeholder(): Promise<string> {
  return (await editor.inputText()).placeholder;
}

/** Asks until both ranks have come to where they hang. */
async function ask(): Promise<void> {
  for (let attempt = 0; attempt < 60; attempt++) {
    await editor.runCommand("Propel: Why Is It Stuck?");
    await expect.poll(placeholder, { timeout: 60_000 }).toMatch(/Rank|process/);
    if ((await placeholder()) === answer) return;
    await editor.cancelInput();
    await editor.page.waitForTimeout(1000);
  }
  expect(await placeholder()).toBe(answer);
}

test.skipIf(python === undefined)("1. the rank that is elsewhere is named", async () => {
  await expect.poll(() => training.stateOf(text), { timeout: 60_000 }).toBe("running");
  await ask();
  const rows = (await editor.inputRows()).join("\n");
  expect(rows).toContain(`Rank 1 opens a file at ${reads}`);
  expect(rows).toContain(`Rank 0 waits in all_reduce at ${waits}`);
  expect(rows).toContain("Copy the answer with all stacks");
  await editor.screenshot("stuck_answer");
  await editor.chooseRow("Rank 1 opens a file");
  await expect.poll(() => editor.editorText()).toContain("with open(path) as shard:");
});

test.skipIf(python === undefined)("2. the lines they wait on are marked", async () => {
  const marks = editor.page.locator(".squiggly-info");
  await marks.first().waitFor();
  const problems = (await editor.problems()).join("\n");
  expect(problems).toContain(`Rank 1 opens a file at ${reads}`);
  expect(problems).toContain(`Rank 0 waits in all_reduce at ${waits}`);
  await editor.screenshot("stuck_marks");
  await editor.openFile(script, lineOf("with open(path)"), 10);
  expect(await editor.quickFix()).toEqual(["Look again why it is stuck", "Dismiss these marks"]);
  await editor.quickFix("Dismiss these marks");
  await marks.first().waitFor({ state: "detached" });
});

test.skipIf(python === undefined)(
  "3. a run that has fallen silent says so on its row",
  async () => {
    await editor.openView("Propel");
    const row = editor.treeRow(/train_ranks\.py.*running, silent/);
    await row.waitFor({ timeout: 90_000 });
    await row.hover();
    await editor.page.locator(".monaco-hover", { hasText: "It has printed nothing for" }).waitFor();
    await editor.screenshot("stuck_silent");
    expect(await editor.notifications()).toEqual([]);
  },
);

test.skipIf(python === undefined)(
  "4. it was not harmed, and its marks go when it goes on",
  async () => {
    await editor.runCommand("Propel: Why Is It Stuck?");
    await expect.poll(placeholder).toBe(answer);
    await editor.cancelInput();
    await editor.openFile(script);
    const marks = editor.page.locator(".squiggly-info");
    await marks.first().waitFor();
    await release(training.folder);
    // The notification stands there for seconds: it is waited for from now on.
    await Promise.all([
      editor.notification(/ended well/),
      marks.first().waitFor({ state: "detached" }),
    ]);
    expect(await training.stateOf(text)).toBe("succeeded");
  },
);
