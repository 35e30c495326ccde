/** Two training projects in one window. */
import { cp, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { inRoot } from "../../extension/dev/paths.mjs";
import { Editor } from "./editor";
import { endRuns } from "./training";

let editor: Editor;
let base: string;

beforeAll(async () => {
  base = await mkdtemp(join(tmpdir(), "propel-e2e-project-"));
  await cp(inRoot("tests", "sample_project"), join(base, "rings"), { recursive: true });
  await mkdir(join(base, "waves"));
  await writeFile(join(base, "waves", "train_waves.py"), "print('step 1 loss 0.5')\n");
  const workspace = join(base, "both.code-workspace");
  await writeFile(workspace, '{ "folders": [{ "path": "rings" }, { "path": "waves" }] }\n');
  editor = await Editor.open({ folder: workspace });
});

afterAll(async () => {
  await endRuns(editor);
  await editor.close();
  await rm(base, { recursive: true, force: true });
});

test("the view groups what was found by folder, and a change lands in its own", async () => {
  await editor.openView("Propel");
  await editor.treeRow(/^rings/).waitFor();
  await editor.treeRow(/^waves/).waitFor();
  await editor.treeRow("python train_waves.py").waitFor();
  await editor.screenshot("two_folders");
  await mkdir(join(base, "waves", "configs"));
  await writeFile(join(base, "waves", "configs", "tide.yaml"), "epochs: 5\n");
  await expect
    .poll(async () => (await editor.treeRows()).filter((row) => row.startsWith("Configs")))
    .toHaveLength(2);
});

test("a launch asks which folder, and runs there", async () => {
  await editor.runCommand("Propel: Launch Training");
  await editor.chooseRow("waves");
  await editor.chooseRow("python train_waves.py");
  await expect.poll(async () => (await editor.inputText()).value).toContain("python");
  await editor.acceptInput();
  await editor.skipSteps();
  expect(await editor.dialogText()).toContain(`Folder: ${join(base, "waves")}`);
  await editor.clickDialog("Launch");
  await editor.notification("Training runs in the screen session");
  await editor.openView("Propel");
  await editor.treeRow(/train_waves\.py.*succeeded/).waitFor();
});
