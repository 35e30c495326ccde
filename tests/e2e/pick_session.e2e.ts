/** What holds the run is picked where the command is confirmed: screen, tmux, or a real Slurm. */
import { readFile } from "node:fs/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startCluster, type Cluster } from "./cluster";
import type { Editor } from "./editor";
import { Training } from "./training";

const cluster: Cluster = await startCluster();

let training: Training;
let editor: Editor;

beforeAll(async () => {
  const env = cluster.conf === undefined ? {} : { SLURM_CONF: cluster.conf };
  training = await Training.open({ env });
  ({ editor } = training);
});

afterAll(async () => {
  await training.close();
  await cluster.stop();
});

/** Up to the last question before a launch; returns what it says. */
async function ask(command: string): Promise<string> {
  await editor.runCommand("Propel: Launch Training");
  await editor.chooseRow("python train.py");
  await expect.poll(async () => (await editor.inputText()).value).toContain("python");
  await editor.setInput(command);
  await editor.acceptInput();
  await editor.skipSteps();
  return editor.dialogText();
}

async function backendOf(command: string): Promise<string | undefined> {
  return (await training.runs()).find((run) => run.command === command)?.backend;
}

test("1. who looks at the other sessions and leaves is asked the same question again", async () => {
  expect(await ask("echo on tmux")).toContain("Session: screen");
  const buttons = await editor.dialogButtons();
  expect(buttons.toSorted()).toEqual(["Cancel", "Launch", "Other Session…"]);
  await editor.screenshot("confirm_screen");
  await editor.clickDialog("Other Session…");
  const rows = await editor.inputRows();
  expect(rows.shift()).toMatch(/^screen ?now$/);
  expect(rows).toEqual(["tmux", ...(cluster.conf === undefined ? [] : ["slurm"])]);
  expect((await editor.inputText()).placeholder).toContain("You are asked again");
  await editor.screenshot("pick_session");
  await editor.cancelInput();
  expect(await editor.dialogText()).toContain("Session: screen");
  expect(await training.runs()).toEqual([]);
});

test("2. tmux, once picked, is what the question names and what runs", async () => {
  await editor.clickDialog("Other Session…");
  await editor.chooseRow("tmux");
  await expect.poll(() => editor.dialogText()).toContain("Session: tmux");
  await editor.screenshot("confirm_tmux");
  await editor.clickDialog("Launch");
  const told = await editor.notification("Training runs in the tmux session");
  expect(told).toMatch(/Attach: tmux .*Kill: tmux /s);
  await expect.poll(() => training.stateOf("echo on tmux")).toBe("succeeded");
  expect(await backendOf("echo on tmux")).toBe("tmux");
  await editor.runCommand("Notifications: Clear All Notifications");
});

test.skipIf(cluster.conf === undefined)(
  "3. Slurm's options are seen and edited before the job is sent",
  async () => {
    const command = "echo on $SLURM_JOB_PARTITION with $SLURM_CPUS_PER_TASK cores";
    expect(await ask(command)).toContain("Session: screen");
    await editor.clickDialog("Other Session…");
    await editor.chooseRow("slurm");
    await expect.poll(() => editor.dialogText()).toContain("Slurm options: none");
    expect(await editor.dialogButtons()).toContain("Slurm Options…");
    await editor.screenshot("confirm_slurm");

    await editor.clickDialog("Slurm Options…");
    await editor.setInput("--array=1-3");
    await expect
      .poll(async () => (await editor.inputText()).prompt)
      .toContain("a job array is many runs, and Propel watches one");
    await editor.screenshot("slurm_options_refused");
    await editor.setInput("--partition=other --cpus-per-task=2 --time=0:10:00");
    await expect.poll(async () => (await editor.inputText()).prompt).toContain("As sbatch takes");
    await editor.acceptInput();
    const said = await editor.dialogText();
    expect(said).toContain("Session: slurm");
    expect(said).toContain("Slurm options: --partition=other --cpus-per-task=2 --time=0:10:00");
    await editor.screenshot("confirm_slurm_options");
    await editor.clickDialog("Launch");
    const told = await editor.notification("Training runs in the slurm session");
    expect(told).toMatch(/Kill: .*scancel \d+\./);
    await expect.poll(() => training.stateOf(command), { timeout: 60_000 }).toBe("succeeded");
    expect(await backendOf(command)).toBe("slurm");
    const [run] = await training.runs();
    expect(await readFile(run?.log ?? "", "utf8")).toContain("on other with 2 cores");
    await editor.openView("Propel");
    await editor.treeRow(/echo on \$SLURM.*succeeded/).waitFor();
    await editor.screenshot("slurm_run");
  },
);

test("4. a run is found in the history by its words and its state", async () => {
  await training.helper("launch", "--cwd", training.folder, "--", "echo beta; exit 3");
  await editor.openView("Propel");
  await editor.treeRow(/echo beta.*failed \(exit 3\)/).waitFor();
  const pane = editor.page.locator(".pane-header", { hasText: "Runs" });
  await pane.hover();
  await pane.locator('[aria-label^="Show Runs"]').click();
  await editor.setInput("failed");
  await expect.poll(() => editor.inputRows()).toHaveLength(1);
  expect((await editor.inputRows())[0]).toContain("echo beta");
  await editor.screenshot("runs_search");
  await editor.cancelInput();
});
