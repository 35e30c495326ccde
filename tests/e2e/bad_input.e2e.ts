/** What goes wrong around a run: each time a message with its cause and the next step. */
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { Editor } from "./editor";
import { execute, Training } from "./training";

describe("in an empty folder that is not trusted", () => {
  let folder: string;
  let editor: Editor;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "propel-empty-"));
    await writeFile(join(folder, "notes.txt"), "nothing to train here\n");
    editor = await Editor.open({
      folder,
      askForTrust: true,
      settings: { "security.workspace.trust.startupPrompt": "never" },
    });
  });

  afterAll(async () => {
    await editor.close();
    await rm(folder, { recursive: true, force: true });
  });

  test("nothing is launched, and it says why and what to do", async () => {
    await editor.runCommand("Propel: Launch Training");
    const told = await editor.notification("Propel starts nothing in a folder");
    expect(told).toContain("a training command runs the folder's own code");
    expect(told).toContain("Trust the folder to launch.");
    await editor.screenshot("untrusted");
  });

  test("the view says that nothing was found, and offers to type a command", async () => {
    await editor.openView("Propel");
    await editor.treeRow("No training command was found.").waitFor();
    await editor.treeRow(/^Environment/).waitFor();
    await editor.screenshot("empty");
  });
});

describe("without a Python for the helper", () => {
  let folder: string;
  let editor: Editor;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "propel-no-python-"));
    const programs = join(folder, "bin");
    await mkdir(programs);
    await writeFile(join(programs, "python3"), "#!/bin/sh\nexit 1\n", { mode: 0o755 });
    editor = await Editor.open({ folder, env: { PATH: programs, VSCODE_CLI: "1" } });
  });

  afterAll(async () => {
    await editor.close();
    await rm(folder, { recursive: true, force: true });
  });

  test("the message says what is needed, and the next step", async () => {
    await editor.runCommand("Propel: Launch Training");
    const told = await editor.notification("Propel's helper needs Python 3.10 or newer");
    expect(told).toContain("none on PATH starts");
    expect(told).toContain("Install Python 3.10 or newer");
  });

  test("a setting that leads nowhere is named, in the view as well", async () => {
    await editor.setMachineSettings({ "propel.helper.python": "/nowhere/bin/python3" });
    const cause = "The setting propel.helper.python names /nowhere/bin/python3, which can't be";
    await editor.openView("Propel");
    await editor.page.locator(".sidebar", { hasText: cause }).waitFor();
    await editor.runCommand("Propel: Launch Training");
    expect(await editor.notification(cause)).toContain("Point the setting to Python 3.10 or newer");
    await editor.screenshot("no_python");
  });
});

describe("around a run", () => {
  let training: Training;

  beforeAll(async () => {
    training = await Training.open();
  });

  afterEach(async () => {
    await training.editor.runCommand("Notifications: Clear All Notifications");
  });

  afterAll(() => training.close());

  test("a squiggle follows its line while the file changes, and goes with it", async () => {
    const { editor, folder } = training;
    const command = "python train.py --epochs 1";
    await training.launch("python train.py", command);
    await editor.notification(/crashed at train\.py:\d+: FileNotFoundError/);
    await editor.clickNotificationButton("Go to Line");
    await editor.squiggles.first().waitFor();
    const file = join(folder, "train.py");
    const lines = (await readFile(file, "utf8")).split("\n");
    const at = lines.findIndex((line) => line.includes('with open(path, "w"'));
    // From outside, as a checkout would: above the line, then the line itself.
    await writeFile(file, ["# a", "# b", ...lines].join("\n"));
    await expect.poll(async () => (await editor.problems()).join("\n")).toContain(`Ln ${at + 3}`);
    await editor.screenshot("squiggle_followed");
    await writeFile(file, lines.filter((_, index) => index !== at).join("\n"));
    await expect.poll(() => editor.squiggles.count()).toBe(0);
    await expect.poll(async () => (await editor.problems()).join("\n")).toBe("");
    await writeFile(file, lines.join("\n"));
  });

  test("a session that is killed from outside is told, with what can be done", async () => {
    const { editor } = training;
    const command = "sleep 300; python train.py";
    await training.launch("python train.py", command);
    await editor.notification("Training runs in the screen session");
    const [run] = (await training.runs()).filter((found) => found.command === command);
    await execute("screen", ["-S", run?.session ?? "", "-X", "quit"]);
    const told = await editor.notification(
      "is gone: Its screen session went away without an exit status",
    );
    expect(told).toContain(command);
    await editor.screenshot("killed_outside");
    await editor.openView("Propel");
    await editor.treeRow(/sleep 300.*(killed|lost)/).waitFor();
  });

  test("a helper that is killed comes back, and knows the runs", async () => {
    const { editor } = training;
    const before = await helpers(editor);
    expect(before).toHaveLength(1);
    process.kill(before[0] ?? 0, "SIGKILL");
    await expect.poll(() => helpers(editor), { timeout: 20_000 }).not.toEqual(before);
    await expect.poll(async () => (await helpers(editor)).length).toBe(1);
    await editor.runCommand("Propel: Show Runs");
    await expect.poll(async () => (await editor.inputRows()).join("\n")).toContain("sleep 300");
    await editor.cancelInput();
    const told = await editor.notifications();
    expect(told.filter((text) => text.includes("helper"))).toEqual([]);
  });
});

/** Process ids of the helpers that this editor started, by the state folder they were given. */
async function helpers(editor: Editor): Promise<number[]> {
  const { stdout } = await execute("ps", ["-eo", "pid=,args="]);
  const found = stdout
    .split("\n")
    .filter((line) => line.endsWith("python_helper/start.py lsp"))
    .map((line) => Number.parseInt(line, 10));
  const own = await Promise.all(
    found.map(async (pid) => {
      const environment = await readFile(`/proc/${pid}/environ`, "utf8").catch(() => "");
      return environment.includes(`XDG_STATE_HOME=${editor.stateHome}`);
    }),
  );
  return found.filter((_, index) => own[index]);
}
