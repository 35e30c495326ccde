/** From the command palette to a fixed, restarted run, on the sample project. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Editor } from "./editor";
import { execute, Training } from "./training";

const redirect =
  "That's a logic change, not a runtime bug. Switch to Engineer Mode with `/switch engineer` to " +
  "get the full investigation-design-implement workflow for that change.";

let training: Training;
let editor: Editor;

beforeAll(async () => {
  // An editor in a browser saves by itself; what is not saved matters here.
  training = await Training.open({ settings: { "files.autoSave": "off" } });
  ({ editor } = training);
});

afterAll(() => training.close());

function source(file: string): Promise<string> {
  return readFile(join(training.folder, file), "utf8");
}

test("1. finds the commands, lets one be edited, and asks before it runs", async () => {
  await editor.runCommand("Propel: Launch Training");
  await expect.poll(async () => (await editor.inputRows()).at(-1)).toBe("Type another command…");
  const rows = await editor.inputRows();
  expect(rows[0]).toMatch(/^python train\.py ?readme · README\.md:\d+/);
  expect(rows.join("\n")).toContain("python train_wide.py --epochs 5");
  const question = "Which command should I launch? And do you want to modify any arguments?";
  expect(await editor.page.getByPlaceholder(question).count()).toBe(1);
  await editor.page.mouse.move(700, 700);
  await editor.screenshot("launch_pick");
  await editor.cancelInput();
  expect(await training.runs()).toEqual([]);

  const said = await training.launch("python train.py", "python train.py --epochs 3");
  expect(said).toContain("python train.py --epochs 3");
  expect(said).toContain(`Folder: ${training.folder}`);
  expect(said).toContain("Session: screen");
  expect(said).toContain(`Python: ${join(training.venv, "bin", "python")}`);
});

test("2. runs in a session that is named, and Attach opens a terminal on it", async () => {
  const told = await editor.notification("Training runs in the screen session");
  expect(told).toMatch(/propel-train-\d{8}-\d{6}.*Attach: .*Detach: .*List: .*Kill: /s);
  await editor.screenshot("launched");
  const [run] = await training.runs();
  expect(run).toMatchObject({ command: "python train.py --epochs 3" });
  expect(told).toContain(run?.session);
  const listed = await execute("screen", ["-ls"]).catch((error: unknown) => error);
  expect((listed as { stdout: string }).stdout).toContain(run?.session);
  await editor.clickNotificationButton("Attach");
  await expect.poll(() => editor.terminalText(), { timeout: 20_000 }).toMatch(/epoch \d|Traceback/);
  await editor.screenshot("attached");
});

test("3. the crash stands on its line, in Problems and in one notification", async () => {
  const told = await editor.notification(/crashed at train\.py:\d+: FileNotFoundError/);
  expect(told).toContain("outputs/metrics.csv");
  await editor.clickNotificationButton("Go to Line");
  await editor.squiggles.first().waitFor();
  await expect.poll(() => editor.editorText()).toContain("with open(path");
  await editor.screenshot("crashed");
  const problems = (await editor.problems()).join("\n");
  expect(problems).toContain("FileNotFoundError");
  expect(problems).toContain("Propel");
  expect(problems).toContain("missing-output-folder");
  await editor.screenshot("problems");
});

test("4. the fix asks in its words, is applied on a yes, and the run trains to the end", async () => {
  const before = await source("train.py");
  const line = before.split("\n").findIndex((text) => text.includes('with open(path, "w"')) + 1;
  await editor.openFile("train.py", line, 10);
  const first = (await editor.openQuickFixes()).and(editor.page.locator(".focused"));
  await first.filter({ hasText: /folder/i }).waitFor();
  await editor.screenshot("quick_fix");
  await editor.page.keyboard.press("Enter");
  const gate = await editor.dialogText();
  expect(gate).toMatch(
    /^The error is .+ because .+\. I'll fix it by .+\. This changes train\.py:\d+.*\. Okay\?/s,
  );
  expect(await editor.dialogButtons()).toEqual(
    expect.arrayContaining(["Apply and restart", "Apply only", "Show change", "Cancel"]),
  );
  await editor.screenshot("gate");

  const diff = editor.page.locator(".tab", { hasText: "train.py (what the fix changes)" });
  await editor.clickDialog("Show change");
  await diff.first().waitFor();
  expect((await editor.inputText()).placeholder).toMatch(/: the change that is shown\. Okay\?$/);
  const [restart, ...others] = await editor.inputRows();
  expect(restart).toMatch(/^Apply and restart.*train\.py:\d+: .*makedirs/s);
  expect(others).toEqual(["Apply only", "Not now"]);
  const added = editor.page.locator(".editor.modified .view-line", { hasText: "makedirs" });
  await added.first().waitFor();
  await editor.screenshot("gate_change");
  await editor.chooseRow("Not now");
  await diff.first().waitFor({ state: "detached" });
  expect(await source("train.py")).toBe(before);

  await editor.runCommand("Propel: Fix Crash");
  await editor.clickDialog("Show change");
  await added.first().waitFor();
  await editor.chooseRow("Apply and restart");
  await diff.first().waitFor({ state: "detached" });
  await expect.poll(() => source("train.py")).not.toBe(before);
  await editor.notification("python train.py --epochs 3 ended well");
  expect(await training.stateOf("python train.py --epochs 3")).toBe("succeeded");
  expect(await readFile(join(training.folder, "outputs", "metrics.csv"), "utf8")).toContain("3,");
  await editor.squiggles.first().waitFor({ state: "detached" });
  await editor.openView("Propel");
  await editor.treeRow(/python train\.py --epochs 3.*succeeded/).waitFor();
  await editor.screenshot("succeeded");

  const fixed = await source("train.py");
  expect(fixed.split("\n").length - before.split("\n").length).toBeLessThanOrEqual(2);
  await editor.openFile("train.py");
  await editor.page.keyboard.press("Control+Z");
  await editor.page.locator(".tab.active.dirty").first().waitFor();
  await editor.runCommand("Propel: Revert Fix");
  await editor.notification("train.py has unsaved changes, so nothing was taken back.");
  await editor.clickNotificationButton("Show Unsaved Changes");
  await editor.page.locator(".tab.active", { hasText: /train\.py \(in file\)/ }).waitFor();
  expect(await source("train.py")).toBe(fixed);
  await editor.openFile("train.py");
  await editor.save();
  // The editor empties a file before it writes it.
  await expect.poll(() => source("train.py")).toBe(before);
});

test("5. a logic crash gets the redirect, word for word, and no fix", async () => {
  await training.launch("python train_wide.py", "python train_wide.py --epochs 5");
  await editor.notification(/crashed at model\.py:\d+: ValueError/);
  await editor.screenshot("logic_notification");
  await editor.clickNotificationButton("Why no fix?");
  expect(await editor.dialogText()).toBe(redirect);
  await editor.screenshot("logic_redirect");
  await editor.clickDialog("Cancel");

  const model = (await source("model.py")).split("\n");
  const line = model.findIndex((text) => text.includes("softmax(features @ self.w2")) + 1;
  await editor.openFile("model.py", line, 12);
  await editor.squiggles.first().waitFor();
  expect(await editor.quickFix()).toEqual([
    "Why Propel won't edit this",
    "Debug this crash…",
    "Dismiss this crash",
  ]);
  await editor.quickFix("Dismiss this crash");
  await editor.squiggles.first().waitFor({ state: "detached" });
});

test("6. what crashed while the editor was away is on its line when it is back", async () => {
  const command = "sleep 5; python train.py --config configs/small.yaml";
  // The last launch's may still be there, and be taken for this one's.
  await editor.runCommand("Notifications: Clear All Notifications");
  await training.launch("python train.py", command);
  await editor.notification("Training runs in the screen session");
  await editor.closePage();
  await editor.stopServer();
  const [run] = (await training.runs()).filter((found) => found.command === command);
  await training.helper("wait", run?.run ?? "", "--timeout", "60").catch(() => undefined);
  expect(await training.stateOf(command)).toBe("failed");

  await editor.startServer();
  await editor.openPage();
  const told = await editor.notification(/crashed at train\.py:\d+: ModuleNotFoundError/, 60_000);
  expect(told).toContain("yaml");
  const shown = await editor.notifications();
  expect(shown.filter((text) => text.includes("ModuleNotFoundError"))).toHaveLength(1);
  await editor.clickNotificationButton("Go to Line");
  await editor.squiggles.first().waitFor();
  await expect.poll(() => editor.editorText()).toContain("import yaml");
  await editor.openView("Propel");
  await editor.treeRow(/small\.yaml.*failed \(exit 1\)/).waitFor();
  await editor.screenshot("back_again");

  await editor.restartServer();
  await editor.openView("Propel");
  await editor.treeRow(/small\.yaml.*failed \(exit 1\)/).waitFor();
  expect(await editor.notifications()).toEqual([]);
});
