/** The README's pictures of what comes before and during a run. Not a test; looks at nothing. */
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { inRoot } from "../../extension/dev/paths.mjs";
import { command, config, plateau } from "./plateau";
import { Training } from "./training";

let training: Training;

beforeAll(async () => {
  const settings = {
    "workbench.colorTheme": "Default Light Modern",
    "editor.minimap.enabled": false,
  };
  const size = { width: 1100, height: 620 };
  training = await Training.open({ settings, size }, async (folder) => {
    await writeFile(join(folder, "train.py"), plateau);
    await writeFile(join(folder, "train.yaml"), config);
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

test("before a launch", async () => {
  const { editor } = training;
  await editor.openFile("train.yaml");
  await editor.runCommand("Propel: Launch Training");
  await editor.chooseRow("python train.py");
  await expect.poll(async () => (await editor.inputText()).value).toContain("python");
  await editor.setInput(command);
  await editor.acceptInput();
  await expect
    .poll(async () => (await editor.inputRows()).join("\n"))
    .toContain("Go on to the launch");
  await picture("before");
  await editor.acceptInput();
  await expect.poll(async () => (await editor.inputText()).placeholder).toContain("smoke test");
  await editor.acceptInput();
  await expect.poll(async () => (await editor.inputText()).prompt).toContain("Which metric");
  await editor.setInput("loss < 2.0");
  await editor.acceptInput();
  await expect.poll(async () => (await editor.inputText()).placeholder).toContain("wandb");
  await editor.acceptInput();
  await editor.dialogText();
  await editor.clickDialog("Launch");
  await editor.notification("Training runs in the screen session");
  await editor.runCommand("Notifications: Clear All Notifications");
});

test("how far it is, and a check-in", async () => {
  const { editor } = training;
  await editor.openView("Propel");
  await editor.treeRow(/step \d{3,}\/3000 · loss/).waitFor({ timeout: 60_000 });
  await picture("progress");
  await editor.page.waitForTimeout(65_000);
  await editor.runCommand("Propel: Check In");
  await expect.poll(() => editor.dialogText()).toContain("plateau");
  await picture("checkin");
  await editor.clickDialog("Cancel");
});
