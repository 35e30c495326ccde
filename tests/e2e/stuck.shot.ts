/** The README's picture of two ranks, one of which waits for the other. Not a test. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { inRoot } from "../../extension/dev/paths.mjs";
import { torchPython } from "../../extension/dev/torch.mjs";
import { command, writeRanks } from "./ranks";
import { Training } from "./training";

const python = await torchPython();
let training: Training;

beforeAll(async () => {
  if (python === undefined) return;
  const settings = {
    "workbench.colorTheme": "Default Light Modern",
    "editor.minimap.enabled": false,
  };
  training = await Training.open({ settings, size: { width: 1100, height: 620 } }, writeRanks);
  await training.helper("launch", "--cwd", training.folder, "--", command(python));
});

afterAll(async () => {
  if (python !== undefined) await training.close();
});

test.skipIf(python === undefined)("why it is stuck", async () => {
  const { editor } = training;
  const look = async (): Promise<string> => {
    await editor.page.mouse.move(760, 560);
    await editor.runCommand("Propel: Why Is It Stuck?");
    await expect.poll(async () => (await editor.inputText()).placeholder).toMatch(/Rank|rocess/);
    return (await editor.inputText()).placeholder;
  };
  while (!(await look()).includes("opening a file")) await editor.cancelInput();
  await editor.chooseRow("Rank 1 opens a file");
  await editor.page.locator(".squiggly-info").first().waitFor();
  await look();
  // Nothing under the pointer, so that no hover stands in the picture.
  await editor.page.mouse.move(760, 560);
  await editor.page.waitForTimeout(1500);
  await editor.page.screenshot({ path: inRoot("extension", "media", "pictures", "stuck.png") });
  await editor.cancelInput();
});
