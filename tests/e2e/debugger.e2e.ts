/** The debugger at a crash and in a run that trains, with the adapter of Propel's own package. */
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { venvProgram } from "../../extension/dev/paths.mjs";
import type { Editor } from "./editor";
import { execute, Training } from "./training";

const crashing = `\
import sys


def weigh(batch):
    total = sum(batch)
    share = 100 / total
    return share


def main():
    for batch in ([1, 2], [3, 4], [5, -5]):
        print("share", weigh(batch), flush=True)


if __name__ == "__main__":
    main()
`;

const looping = `\
import time


def train():
    step = 0
    while True:
        step += 1
        time.sleep(0.1)
        print("step", step, flush=True)


train()
`;

let training: Training;
let editor: Editor;

beforeAll(async () => {
  training = await Training.open({}, async (folder) => {
    await writeFile(join(folder, "weigh.py"), crashing);
    await writeFile(join(folder, "loop.py"), looping);
  });
  ({ editor } = training);
});

afterAll(() => training.close());

/** Command lines of debuggers that are left, and the ports that Python programs listen on. */
async function leftOver(): Promise<string> {
  const look = `
import psutil
own = ${JSON.stringify(editor.stateHome)}
for one in psutil.process_iter(["cmdline"]):
    words = " ".join(one.info["cmdline"] or [])
    try:
        if "python" not in words or one.environ().get("XDG_STATE_HOME") != own:
            continue
        if "debugpy" in words or any(c.status == "LISTEN" for c in one.net_connections("tcp")):
            print(words)
    except psutil.Error:
        pass
`;
  return (await execute(venvProgram("python"), ["-c", look])).stdout;
}

test("1. a crash is debugged: its text is shown, it stops there, and its variables are read", async () => {
  const command = "python weigh.py";
  await training.launch("python train.py", command);
  await editor.notification(/crashed at weigh\.py:6: ZeroDivisionError/);
  await editor.clickNotificationButton("Go to Line");
  await editor.squiggles.first().waitFor();
  await editor.runCommand("Notifications: Clear All Notifications");
  await editor.openFile("weigh.py", 6, 10);
  await editor.quickFix("Debug this crash");
  const said = await editor.dialogText();
  expect(said).toMatch(
    /python \/\S+\/bundled\/libs\/debugpy --connect 127\.0\.0\.1:\d+ --wait-for-client weigh\.py/,
  );
  expect(said).toContain(`Python: ${join(training.venv, "bin", "python")}`);
  await editor.screenshot("debug_confirm");
  await editor.clickDialog("Debug");

  await editor.openLocals();
  await editor.treeRow(/total\s*=\s*0/).waitFor();
  await editor.treeRow(/batch\s*=\s*\[5, -5\]/).waitFor();
  await editor.screenshot("debug_stopped");
  const [run] = await training.runs();
  expect(run).toMatchObject({ state: "running", command });
});

test("2. the run goes on when the debugger leaves; both logs are there and nothing listens", async () => {
  await editor.runCommand("Debug: Disconnect");
  await expect.poll(() => training.stateOf("python weigh.py"), { timeout: 60_000 }).toBe("failed");
  const [run] = JSON.parse(await training.helper("runs", "--json")) as {
    log: string;
    attempt: number;
  }[];
  expect(run?.attempt).toBe(2);
  const first = run?.log.replace("attempt-2", "attempt-1") ?? "";
  expect(await readFile(first, "utf8")).toContain("ZeroDivisionError");
  await expect.poll(leftOver).toBe("");
});

test("3. a debugger enters a run that trains, and the run trains on without it", async () => {
  const command = "python loop.py";
  await training.launch("python train.py", command);
  await expect.poll(() => training.stateOf(command)).toBe("running");
  await editor.runCommand("Notifications: Clear All Notifications");
  await editor.runCommand("Propel: Attach Debugger to Run");
  const said = await editor.dialogText();
  expect(said).toContain("loop.py");
  expect(said).toContain("It trains on when you disconnect.");
  await editor.screenshot("attach_confirm");
  await editor.clickDialog("Attach");
  const toolbar = editor.page.locator(".debug-toolbar");
  await toolbar.waitFor({ timeout: 90_000 });
  await expect.poll(async () => (await editor.notifications()).join("\n")).not.toContain("Attach");
  await editor.openView("Run and Debug");
  await editor.runCommand("Debug: Pause");
  await editor.treeRow(/step\s*=\s*\d+/).waitFor();
  await editor.screenshot("attached_debugger");
  await editor.runCommand("Debug: Disconnect");
  await toolbar.waitFor({ state: "hidden" });

  const [run] = JSON.parse(await training.helper("runs", "--json")) as { log: string }[];
  const lines = async (): Promise<number> =>
    (await readFile(run?.log ?? "", "utf8")).split("\n").length;
  const before = await lines();
  await expect.poll(lines).toBeGreaterThan(before + 10);
  expect(await training.stateOf(command)).toBe("running");
  await expect.poll(leftOver).toBe("");
});

test("4. where no debugger can enter, it says why", async () => {
  const command = "sleep 300";
  await training.launch("python train.py", command);
  await expect.poll(() => training.stateOf(command)).toBe("running");
  await editor.runCommand("Propel: Attach Debugger to Run");
  await editor.chooseRow(command);
  expect(await editor.dialogText()).toContain("The run has no Python process yet.");
  await editor.screenshot("attach_refused");
  await editor.clickDialog("OK");
});
