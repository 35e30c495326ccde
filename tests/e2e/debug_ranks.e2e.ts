/** A session per rank: with Propel's own debug type, and with Microsoft's where a person has it. */
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { standIn } from "./pythonDebugger";
import { Training } from "./training";

/** What torchrun does, without PyTorch. */
const launcher = `\
import os, subprocess, sys

ranks = [
    subprocess.Popen([sys.executable, "-u", "rank.py"], env={**os.environ, "RANK": str(rank)})
    for rank in range(2)
]
sys.exit(max(rank.wait() for rank in ranks))
`;

const rank = `\
import os


def work(mine):
    label = f"of rank {mine}"
    raise RuntimeError(label)


work(os.environ["RANK"])
`;

describe.each(["propel", "debugpy"])("with the debug type %s", (type) => {
  let folder: string;
  let log: string;
  let training: Training;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "propel-stand-in-"));
    const other = await standIn(folder);
    ({ log } = other);
    const extensions = type === "debugpy" ? [other.vsix] : [];
    training = await Training.open({ extensions, env: other.env }, async (project) => {
      await writeFile(join(project, "launcher.py"), launcher);
      await writeFile(join(project, "rank.py"), rank);
    });
  });

  afterAll(async () => {
    await training.close();
    await rm(folder, { recursive: true, force: true });
  });

  test("each rank stops at its crash in a session of its name", async () => {
    const { editor } = training;
    const command = "python launcher.py";
    await training.launch("python train.py", command);
    await editor.notification(/crashed at rank\.py:6: RuntimeError/);
    await editor.runCommand("Notifications: Clear All Notifications");
    await editor.openView("Propel");
    await editor.chooseMenuItem(editor.treeRow(/python launcher\.py.*failed/), "Debug This Crash");
    expect(await editor.dialogText()).toContain("launcher.py");
    await editor.clickDialog("Debug");
    await editor.page.locator(".debug-toolbar").waitFor({ timeout: 90_000 });
    // Only the older editor shows this view by itself.
    await editor.openView("Run and Debug");
    await editor.treeRow(/label\s*=\s*'of rank \d'/).waitFor();
    await editor.treeRow(/rank 0 \(process \d+\)/).waitFor();
    await editor.treeRow(/rank 1 \(process \d+\)/).waitFor();
    await editor.screenshot(`debug_ranks_${type}`);
    const sessions = (await readFile(log, "utf8")).trim().split("\n");
    expect(sessions.filter((name) => name !== "")).toHaveLength(type === "debugpy" ? 3 : 0);

    for (let left = 0; left < 3; left++) {
      if ((await training.stateOf(command)) !== "running") break;
      await editor.runCommand("Debug: Disconnect").catch(() => undefined);
    }
    await expect.poll(() => training.stateOf(command), { timeout: 60_000 }).toBe("failed");
  });
});
