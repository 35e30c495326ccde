/** `npm run pictures`: takes the README's pictures anew. Not a test; looks at nothing. */
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { inRoot } from "../../extension/dev/paths.mjs";
import { slowTraining } from "./slowTraining";
import { Training } from "./training";

let training: Training;

const settings = {
  "workbench.colorTheme": "Default Light Modern",
  "editor.minimap.enabled": false,
  "explorer.compactFolders": false,
};

beforeAll(async () => {
  const size = { width: 1100, height: 620 };
  training = await Training.open({ settings, size }, async (folder) => {
    await mkdir(join(folder, ".propel"));
    await writeFile(join(folder, ".propel", "mode.json"), '{ "mode": "trainer" }\n');
    await writeFile(join(folder, "slow.py"), slowTraining);
    const lines = ['requires-python = ">=3.10"', 'dependencies = ["numpy", "torch>=2.2", "wandb"]'];
    await writeFile(
      join(folder, "pyproject.toml"),
      ["[project]", 'name = "rings"', ...lines, ""].join("\n"),
    );
  });
});

afterAll(() => training.close());

async function picture(name: string): Promise<void> {
  const { page } = training.editor;
  // Nothing under the pointer, so that no hover stands in the picture.
  await page.mouse.move(760, 560);
  await page.waitForTimeout(400);
  await page.screenshot({ path: inRoot("extension", "media", "pictures", `${name}.png`) });
}

test("the project view and the table", async () => {
  const { editor } = training;
  await editor.webview.locator("h1", { hasText: "Training commands" }).waitFor();
  await editor.openView("Propel");
  await editor.treeRow("python train.py").waitFor();
  await picture("project");
  await editor.runCommand("View: Close All Editors");
});

test("the commands", async () => {
  const { editor } = training;
  // By keys: under a pointer the input would show a hover.
  await editor.page.mouse.move(760, 560);
  await editor.page.keyboard.press("F1");
  await editor.setInput(">Propel: Launch Training");
  await expect.poll(async () => (await editor.inputRows())[0]).toContain("Launch Training");
  await editor.acceptInput();
  await expect.poll(async () => (await editor.inputRows()).at(-1)).toBe("Type another command…");
  await picture("commands");
  await editor.cancelInput();
});

test("the session", async () => {
  const { editor } = training;
  await editor.openFile("train.py");
  await training.launch("python train.py", "python train.py --hidden 2048");
  await editor.notification("Training runs in the screen session");
  await editor.clickNotificationButton("Attach");
  await expect
    .poll(() => editor.terminalText(), { timeout: 20_000 })
    .toMatch(/(epoch 1 step \d+ loss [\d.]+\s+){3}/);
  await picture("session");
  await editor.notification(/crashed at train\.py:\d+/);
  await editor.clickNotificationButton("Go to Line");
  await editor.squiggles.first().waitFor();
  await editor.runCommand("Notifications: Clear All Notifications");
});

test("the problem, the squiggle and the gate", async () => {
  const { editor } = training;
  await editor.problems();
  await picture("problems");
  await editor.page.keyboard.press("Control+J");
  await editor.openFile("train.py");
  await editor.squiggles.first().waitFor();
  await editor.openQuickFixes();
  await picture("squiggle");
  await editor.page.keyboard.press("Enter");
  await editor.dialogText();
  await picture("gate");
  await editor.clickDialog("Cancel");
});

test("the debugger at the crash, and in a run that trains", async () => {
  const { editor } = training;
  await editor.openFile("train.py");
  await editor.squiggles.first().waitFor();
  await editor.quickFix("Debug this crash");
  await editor.dialogText();
  await editor.clickDialog("Debug");
  await editor.openLocals();
  await editor.treeRow(/path\s*=\s*'outputs/).waitFor();
  await hidePanel();
  await picture("debugger");
  await editor.runCommand("Debug: Disconnect");
  await editor.notification(/crashed at train\.py:\d+/);
  await editor.runCommand("Notifications: Clear All Notifications");

  await training.launch("python train.py", "python train.py --epochs 500 --output .");
  await editor.notification("Training runs in the screen session");
  await editor.runCommand("Notifications: Clear All Notifications");
  await editor.runCommand("Propel: Attach Debugger to Run");
  await editor.dialogText();
  await editor.clickDialog("Attach");
  await editor.page.locator(".debug-toolbar").waitFor({ timeout: 120_000 });
  await editor.openView("Run and Debug");
  await editor.runCommand("Debug: Pause");
  await editor.treeRow("Locals").waitFor();
  await editor.page.waitForTimeout(2000);
  await hidePanel();
  await picture("attach_debugger");
  await editor.runCommand("Debug: Disconnect");
  await editor.runCommand("View: Close All Editors");
});

test("the redirect", async () => {
  const { editor } = training;
  await training.launch("python train_wide.py", "python train_wide.py --epochs 5");
  await editor.notification(/crashed at model\.py:\d+: ValueError/);
  await editor.clickNotificationButton("Go to Line");
  await editor.squiggles.first().waitFor();
  await editor.runCommand("Notifications: Clear All Notifications");
  await editor.runCommand("Propel: Why No Fix?");
  await editor.chooseRow("train_wide");
  await editor.dialogText();
  await picture("redirect");
  await editor.clickDialog("Cancel");
});

test("the run panel", async () => {
  const { editor } = training;
  const { page, webview } = editor;
  await page.setViewportSize({ width: 1280, height: 800 });
  await editor.runCommand("View: Close All Editors");
  for (const command of ["python -u slow.py --peak 0.03", "python -u slow.py --peak 0.2"]) {
    await training.launch("python train.py", command);
    await editor.notification("Training runs in the screen session");
    await editor.runCommand("Notifications: Clear All Notifications");
  }
  await editor.runCommand("Propel: Open Run Panel");
  await editor.chooseRow("--peak 0.2");
  await webview.getByRole("button", { name: "Compare…" }).click();
  await editor.chooseRow("--peak 0.03");
  await webview.locator('input[type="range"]').fill("0.8");
  await editor.runCommand("View: Toggle Primary Side Bar Visibility");
  await expect
    .poll(() => webview.locator(".progress").innerText(), { timeout: 60_000 })
    .toMatch(/step [4-9]\d\d/);
  await picture("panel");
  await page.setViewportSize({ width: 1100, height: 620 });
});

/** A debugger shows its console below, or not, as the editor remembers it. */
async function hidePanel(): Promise<void> {
  const { editor } = training;
  const isOpen = await editor.page.locator(".part.panel").isVisible();
  if (isOpen) await editor.runCommand("View: Hide Panel");
}
