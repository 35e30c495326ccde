/** What was found, as a view and as a table; options at hand; a fix taken back. */
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { Training } from "./training";

let training: Training;

beforeAll(async () => {
  training = await Training.open({}, async (folder) => {
    await mkdir(join(folder, ".propel"));
    await writeFile(join(folder, ".propel", "mode.json"), '{ "mode": "trainer" }\n');
    await writeFile(
      join(folder, "Makefile"),
      "# Runs\n\ntrain-tiny:\n\tpython train.py --hidden 8\n",
    );
    await writeFile(
      join(folder, "pyproject.toml"),
      '[project]\nname = "rings"\nrequires-python = ">=3.10"\ndependencies = ["numpy", "wandb"]\n',
    );
  });
});

afterAll(() => training.close());

test("opening a folder in trainer mode shows its table, with links that open the line", async () => {
  const { editor } = training;
  await editor.page.locator(".tab", { hasText: "Commands and Environment" }).first().waitFor();
  const { webview } = editor;
  await webview.locator("h1", { hasText: "Training commands" }).waitFor();
  await editor.screenshot("table");
  await webview.locator("a", { hasText: /Makefile:3/ }).click();
  await editor.page.locator(".tab.active", { hasText: "Makefile" }).first().waitFor();
  await expect.poll(async () => (await editor.statusBar()).join(" ")).toContain("Ln 3");
  await editor.page.locator(".tab", { hasText: "Commands and Environment" }).first().click();
  await webview.locator("a", { hasText: "README.md:18" }).click();
  await editor.page.locator(".tab.active", { hasText: "README.md" }).first().waitFor();
  await expect.poll(async () => (await editor.statusBar()).join(" ")).toContain("Ln 18");
  await editor.screenshot("table_markdown_line");
  const tabs = editor.page.locator(".tab");
  expect(await tabs.filter({ hasText: "README.md:18" }).count()).toBe(0);
  expect(await tabs.filter({ hasText: "Preview README.md" }).count()).toBe(0);
  expect(await tabs.filter({ hasText: "Commands and Environment" }).count()).toBe(1);
  await editor.runCommand("View: Close All Editors");
});

test("the view lists commands, configs and the environment, and a click opens the place", async () => {
  const { editor } = training;
  await editor.openView("Propel");
  await editor.treeRow("python train.py").waitFor();
  const rows = await editor.treeRows();
  expect(rows[0]).toMatch(/^Commands ?\d/);
  expect(rows[1]).toMatch(/^python train\.py ?readme · README\.md:18/);
  expect(rows.some((row) => row.startsWith("Configs"))).toBe(true);
  expect(rows.some((row) => /^Python ?>=3\.10 asked for · 3\.\d+/.test(row))).toBe(true);
  expect(rows.some((row) => /^Trackers ?wandb/.test(row))).toBe(true);
  await editor.screenshot("project_view");
  await editor.treeRow(/^Python ?>=3/).click();
  await editor.page.locator(".tab.active", { hasText: "pyproject.toml" }).first().waitFor();
  await editor.treeRow(/python train\.py ?readme/).click();
  await editor.page.locator(".tab.active", { hasText: "README.md" }).first().waitFor();
  await expect.poll(async () => (await editor.statusBar()).join(" ")).toContain("Ln 18");
});

test("what changes on disk changes in the view", async () => {
  const { editor, folder } = training;
  await writeFile(join(folder, "configs", "large.yaml"), "epochs: 50\n");
  await editor.treeRow(/^Configs ?2/).waitFor();
});

test("a row's Launch goes straight to its text, where the options are at hand", async () => {
  const { editor } = training;
  const row = editor.treeRow(/python train\.py ?readme/);
  await row.hover();
  await row.locator('.action-label[aria-label*="Launch Training"]').click();
  await expect.poll(async () => (await editor.inputText()).value).toBe("python train.py");
  await expect.poll(async () => (await editor.inputRows()).join("\n")).toContain("--learning-rate");
  const rows = await editor.inputRows();
  expect(rows[0]).toContain("Use this text");
  expect(rows.join("\n")).toMatch(/--epochs ?int · default 8/);
  await editor.screenshot("options");
  await editor.chooseRow("--config");
  await editor.chooseRow("configs/large.yaml");
  await expect
    .poll(async () => (await editor.inputText()).value)
    .toBe("python train.py --config configs/large.yaml");
  await editor.page.keyboard.type(" --epochs <count>");
  await expect.poll(async () => (await editor.inputText()).value).toContain("<count>");
  await editor.acceptInput();
  await expect
    .poll(async () => (await editor.inputRows())[0])
    .toContain("Still to be filled in: <count>");
  await editor.setInput("python train.py --epochs 2");
  await editor.acceptInput();
  await editor.skipSteps();
  expect(await editor.dialogText()).toContain("python train.py --epochs 2");
  await editor.screenshot("confirm");
  await editor.clickDialog("Launch");
  await editor.notification("Training runs in the screen session");
});

test("a fix can be taken back, after a question that names the file", async () => {
  const { editor, folder } = training;
  const file = join(folder, "train.py");
  const before = await readFile(file);
  await editor.notification(/crashed at train\.py:\d+: FileNotFoundError/);
  await editor.clickNotificationButton("Fix…");
  await editor.dialogText();
  await editor.clickDialog("Apply and restart");
  await editor.notification("The fix is in train.py");
  await editor.screenshot("fixed");
  await editor.notification("python train.py --epochs 2 ended well");
  expect(await readFile(file)).not.toEqual(before);
  await editor.openView("Propel");
  const row = editor.treeRow(/python train\.py --epochs 2.*succeeded/);
  await editor.chooseMenuItem(row, "Revert Fix");
  expect(await editor.dialogText()).toMatch(/Take the fix back\?.*\btrain\.py/s);
  await editor.screenshot("revert");
  await editor.clickDialog("Revert");
  await expect.poll(() => readFile(file)).toEqual(before);
  await editor.notification("Taken back: train.py");
});

test("after a reload the table does not come back over what is open", async () => {
  const { editor } = training;
  await editor.reloadPage();
  await editor.openView("Propel");
  await editor.treeRow(/python train\.py ?readme/).waitFor();
  await editor.screenshot("reloaded");
  expect(await editor.page.locator(".tab", { hasText: "Environment" }).count()).toBe(0);
  const active = editor.page.locator(".tab.active", { hasText: /README\.md|train\.py/ });
  await active.first().waitFor();
});
