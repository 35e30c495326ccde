import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { Editor } from "./editor";

let folder: string;
let editor: Editor;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "propel-folder-"));
  await writeFile(join(folder, "train.py"), "print('epoch 1')\n");
  editor = await Editor.open({ folder });
});

afterAll(async () => {
  await editor.close();
  await rm(folder, { recursive: true, force: true });
});

test("the editor shows the folder, opens its file and knows Propel", async () => {
  await editor.openFile("train.py", 1, 3);
  await editor.runCommand("View: Show Extensions");
  const propel = editor.page.locator(".extensions-viewlet .extension-list-item", {
    hasText: "Propel",
  });
  await propel.first().waitFor();
  await editor.screenshot("editor_starts");
  expect(await editor.problems()).toEqual([]);
  expect((await editor.notifications()).filter((text) => /error|fail/i.test(text))).toEqual([]);
});

test("settings and files survive a restart of the server", async () => {
  await editor.restartServer();
  await editor.openFile("train.py");
  await expect.poll(() => editor.editorText()).toContain("print('epoch 1')");
});
