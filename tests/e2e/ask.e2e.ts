/** Ask for a Change: a wish about what training means is redirected, a failure is taken on. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { Training } from "./training";

let training: Training;

beforeAll(async () => {
  training = await Training.open();
});

afterAll(() => training.close());

async function ask(sentence: string): Promise<string> {
  const { editor } = training;
  await editor.runCommand("Propel: Ask for a Change");
  await editor.setInput(sentence);
  await editor.acceptInput();
  return editor.dialogText();
}

test("a change of what training means is redirected in the words agreed", async () => {
  const said = await ask("add gradient clipping");
  expect(said).toContain("That's a logic change, not a runtime bug.");
  expect(said).toContain("/switch engineer");
  await training.editor.screenshot("ask_redirect");
  await training.editor.clickDialog("Cancel");
});

test("what is broken gets an answer that leads to a launch", async () => {
  const { editor } = training;
  const said = await ask("it can't find my checkpoint");
  expect(said).toContain("That is a path bug");
  expect(await editor.dialogButtons()).toContain("Launch Training");
  await editor.screenshot("ask_runtime");
  await editor.clickDialog("Launch Training");
  await expect.poll(async () => (await editor.inputRows()).join("\n")).toContain("python train.py");
  await editor.cancelInput();
});
