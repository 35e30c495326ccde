/** Before, during and after a run: questions, progress, check-ins, hints, the card. */
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Editor } from "./editor";
import { command, config, plateau } from "./plateau";
import { Training } from "./training";

const trainNan = `import time

for step in range(1, 61):
    loss = 3 / step if step < 40 else float("nan")
    print(f"step {step}/60 loss {loss:.4f}", flush=True)
print("still there", flush=True)
time.sleep(600)
`;

let training: Training;
let editor: Editor;

beforeAll(async () => {
  training = await Training.open({}, async (folder) => {
    await writeFile(join(folder, "train.py"), plateau);
    await writeFile(join(folder, "train_nan.py"), trainNan);
    await writeFile(join(folder, "train.yaml"), config);
  });
  ({ editor } = training);
});

afterAll(() => training.close());

async function statusText(): Promise<string> {
  return (await editor.statusBar()).find((text) => text.includes("Propel:")) ?? "";
}

async function runId(): Promise<string> {
  return (await training.runs()).find((run) => run.command === command)?.run ?? "";
}

/** Checks in on the run of a command, by its row. */
async function checkIn(row: RegExp): Promise<string> {
  await editor.openView("Propel");
  for (let tries = 1; ; tries++) {
    await editor.chooseMenuItem(editor.treeRow(row), "Check In");
    try {
      return await editor.dialogText(15_000);
    } catch (error) {
      // A row that changes every second can take its menu away under the click.
      if (tries === 3) throw error;
    }
  }
}

test("1. before the launch: what was found with its fix, then only what nothing answers", async () => {
  await editor.runCommand("Propel: Launch Training");
  await editor.chooseRow("python train.py");
  await expect.poll(async () => (await editor.inputText()).value).toContain("python");
  await editor.setInput(command);
  await editor.acceptInput();

  await expect
    .poll(async () => (await editor.inputRows()).join("\n"))
    .toContain("Go on to the launch");
  const found = (await editor.inputRows()).join("\n");
  expect(found).toContain("--data names data/none.csv, which does not exist.");
  expect(found).toContain("Mend the path in the command.");
  expect(found).toContain("8 x 4 x 1 = 32");
  await editor.screenshot("before_launch");
  await editor.chooseRow("Change the command");

  // The person mends the path outside; the same text is looked at anew.
  await mkdir(join(training.folder, "data"));
  await writeFile(join(training.folder, "data", "none.csv"), "");
  await expect.poll(async () => (await editor.inputText()).value).toBe(command);
  await editor.acceptInput();
  await expect
    .poll(async () => (await editor.inputText()).placeholder)
    .toContain("1 thing worth a look");
  await editor.acceptInput();

  await expect
    .poll(async () => (await editor.inputText()).placeholder)
    .toContain("A smoke test of a few steps first?");
  expect((await editor.inputRows()).join("\n")).toContain("`--max_steps`");
  await editor.screenshot("question_smoke_test");
  await editor.cancelInput();

  await expect.poll(async () => (await editor.inputText()).prompt).toContain("Which metric");
  await editor.setInput("the best");
  await expect.poll(async () => (await editor.inputText()).prompt).toContain("loss < 0.5");
  await editor.setInput("loss < 2.5");
  await expect.poll(async () => (await editor.inputText()).prompt).toContain("Which metric");
  await editor.screenshot("question_target");
  await editor.acceptInput();

  await expect.poll(async () => (await editor.inputText()).placeholder).toContain("wandb");
  await editor.acceptInput();
  const said = await editor.dialogText();
  expect(said).toContain(command);
  expect(said).toContain(`Folder: ${training.folder}`);
  await editor.clickDialog("Launch");
  await editor.notification("Training runs in the screen session");
});

test("2. the status bar and the run's row tell how far it is, and the target when it is reached", async () => {
  const far = /train\.py · step \d+\/3000 · loss [\d.]+ · \d+ steps\/s · \d+ (s|min) left/;
  await expect.poll(statusText, { timeout: 30_000 }).toMatch(far);
  await editor.openView("Propel");
  const row = editor.treeRow(/train\.yaml.*running.*step \d+\/3000 · loss [\d.]+/);
  await row.waitFor();
  const first = await row.textContent();
  await expect.poll(() => row.textContent()).not.toBe(first);
  const told = await editor.notification("The target is reached: loss was");
  expect(told).toContain("loss < 2.5 was asked for");
  await editor.screenshot("progress");
  await editor.runCommand("Notifications: Clear All Notifications");
});

test("3. a pitfall is a hint on the line of its value, and goes when it is dismissed", async () => {
  await editor.openFile("train.yaml", 4, 5);
  const hint = editor.page.locator(".squiggly-hint");
  await hint.first().waitFor();
  await editor.page.keyboard.press("Control+K");
  await editor.page.keyboard.press("Control+I");
  const hover = editor.page.locator(".monaco-hover:visible", { hasText: "8 x 4 x 1 = 32" });
  await hover.first().waitFor();
  await editor.screenshot("hint");
  await editor.page.keyboard.press("Escape");
  await editor.goTo(4, 5);
  await editor.quickFix("Dismiss this hint for this run");
  await expect.poll(() => hint.count()).toBe(0);
});

test("4. a check-in on a NaN says where it began, and can be dismissed for this run", async () => {
  await training.launch("python train.py", "python train_nan.py");
  const row = /train_nan\.py.*step 60\/60 · loss nan/;
  await editor.openView("Propel");
  await editor.treeRow(row).waitFor({ timeout: 30_000 });
  await editor.runCommand("Notifications: Clear All Notifications");
  const said = await checkIn(row);
  expect(said).toContain("The loss became nan at step 40, within the first 100 steps");
  await editor.screenshot("check_in_nan");
  await editor.pressInDialog("Dismiss");
  await expect.poll(() => editor.dialogText()).not.toContain("became nan");
  expect(await editor.dialogText()).toContain("Dismissed: nan-loss");
  await editor.clickDialog("Cancel");
});

test("5. a check-in on the other: a plateau over its steps, a checkpoint that is old", async () => {
  const row = /train\.yaml.*running/;
  const begin = Date.now();
  let said = "";
  while (!(said.includes("The last checkpoint is") && said.includes("plateau"))) {
    expect(Date.now() - begin, said).toBeLessThan(120_000);
    said = await checkIn(row);
    await editor.screenshot("check_in");
    await editor.clickDialog("Cancel");
    await editor.page.waitForTimeout(3000);
  }
  expect(said).toMatch(/Running for \d/);
  expect(said).toMatch(/Step \d+\/3000, loss 2\.3\d*, lr 0\.0003/);
  expect(said).toMatch(/The loss is on a plateau over the last [\d,]+ steps/);
  expect(said).toMatch(/The last checkpoint is \d+ s old \(checkpoint_90\.pt\)/);
  expect(said).toContain("Target: loss < 2.5; reached at step");
});

test("6. the run's panel says what to look at as well, and it can be dismissed there", async () => {
  await editor.chooseMenuItem(editor.treeRow(/train\.yaml.*running/), "Open Run Panel");
  await editor.notification(/The last checkpoint is \d+ s old .*There is more to look at/s);
  const loss = editor.webview.locator('[data-chart="loss"] .plot');
  await expect.poll(() => loss.getAttribute("aria-label")).toContain("target 2.5");
  await editor.screenshot("panel_check_in");
  await editor.clickNotificationButton("Dismiss for This Run");
  await expect
    .poll(async () => (await training.helper("check-in", await runId())).trim())
    .toMatch(/^(?![^]*checkpoint-age)[^]*plateau/);
  await editor.runCommand("View: Close All Editors");
});

test("7. the run card opens as Markdown, with the target and without secrets", async () => {
  await editor.chooseMenuItem(editor.treeRow(/train\.yaml.*running/), "Export Run Card");
  await editor.chooseRow("Open");
  await expect.poll(() => editor.editorText()).toContain("# Run");
  const text = await editor.editorText();
  expect(text).toContain(command);
  expect(text).toContain("| State | running");
  await editor.screenshot("run_card");
});

test("8. what was answered is not asked again, what is new is", async () => {
  await editor.runCommand("Propel: Launch Training");
  await editor.chooseRow("python train.py");
  await expect.poll(async () => (await editor.inputText()).value).toContain("python");
  await editor.setInput(`${command} --max_steps 9`);
  await editor.acceptInput();
  // There was no checkpoint when the last run was launched.
  await expect.poll(async () => (await editor.inputText()).placeholder).toContain("Resume from");
  expect((await editor.inputText()).title).not.toContain("question 1 of");
  const rows = (await editor.inputRows()).join("\n");
  expect(rows).toMatch(/Start anew[^]*checkpoint_90\.pt/);
  await editor.screenshot("question_resume");
  await editor.cancelInput();
  expect(await editor.dialogText()).toContain("--max_steps 9");
  await editor.clickDialog("Cancel");
});
