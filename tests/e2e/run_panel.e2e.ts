/** The run panel over runs that really train: charts, comparison, log search, jump to the crash. */
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Locator } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { slowTraining } from "./slowTraining";
import { Training } from "./training";

let training: Training;

beforeAll(async () => {
  training = await Training.open({}, async (folder) => {
    await mkdir(join(folder, ".propel"));
    await writeFile(join(folder, "slow.py"), slowTraining);
  });
});

afterAll(() => training.close());

async function launch(...command: string[]): Promise<string> {
  const text = command.join(" ").replace("python", join(training.venv, "bin", "python -u"));
  const answer = await training.helper("launch", "--cwd", training.folder, "--json", "--", text);
  return (JSON.parse(answer) as { run: string }).run;
}

function chart(id: string): Locator {
  return training.editor.webview.locator(`.chart[data-chart="${id}"]`);
}

/** What the legend says of a series. */
async function value(id: string, label: string): Promise<number> {
  const button = chart(id).locator(".legend button").filter({ hasText: label }).first();
  return Number((await button.locator(".value").innerText()).replace("–", "NaN"));
}

async function lastStep(): Promise<number> {
  const text = (await chart("loss").locator(".plot").getAttribute("aria-label")) ?? "";
  const [, step = ""] = /loss \S+ at step ([\d,]+)/.exec(text) ?? [];
  return Number(step.replaceAll(",", ""));
}

test("the panel follows a run while it trains", async () => {
  const { editor } = training;
  await launch("python slow.py --steps 700");
  await editor.openView("Propel");
  const row = editor.treeRow(/slow\.py.*running/);
  await row.waitFor();
  await row.hover();
  await row.locator('.action-label[aria-label*="Open Run Panel"]').click();
  await chart("loss").locator("canvas").waitFor();
  await chart("lr").locator("canvas").waitFor();
  await chart("rate").locator("canvas").waitFor();
  await chart("accuracy").locator("canvas").waitFor();
  const before = await lastStep();
  await expect.poll(lastStep).toBeGreaterThan(before + 20);
  expect(await value("loss", "val_loss")).toBeGreaterThan(0);
  const { webview } = editor;
  await expect.poll(() => webview.locator(".progress").innerText()).toMatch(/step \d+\/700.*left/);
  await expect.poll(() => webview.locator(".lines").innerText()).toContain("step");
  await expect.poll(() => webview.locator(".note").innerText()).toContain("NVIDIA");
  await editor.screenshot("run_panel_running");
});

test("keys move through the points and zoom; what is there is said", async () => {
  const { editor } = training;
  const { webview } = editor;
  const plot = chart("loss").locator(".plot");
  await plot.focus();
  await plot.press("Home");
  await expect.poll(() => webview.locator(".voice").innerText()).toMatch(/^step 1: loss/);
  await plot.press("ArrowRight");
  await expect.poll(() => webview.locator(".voice").innerText()).toMatch(/^step 2: loss/);
  expect(await chart("lr").locator("figcaption .place").innerText()).toBe("step 2");
  const reset = webview.getByRole("button", { name: "Reset zoom" });
  expect(await reset.isDisabled()).toBe(true);
  await plot.press("+");
  await expect.poll(() => reset.isDisabled()).toBe(false);
  await editor.screenshot("run_panel_zoomed");
  await plot.press("0");
  await expect.poll(() => reset.isDisabled()).toBe(true);
});

test("two runs stand in the same charts, and are there again after a reload", async () => {
  const { editor } = training;
  await launch("python slow.py --steps 500 --peak 0.02");
  await editor.treeRow(/slow\.py --steps 500/).waitFor();
  await editor.webview.getByRole("button", { name: "Compare…" }).click();
  await editor.chooseRow("--peak 0.02");
  await expect.poll(() => value("loss", "loss (other)")).toBeGreaterThan(0);
  await editor.webview.getByRole("button", { name: "Time" }).click();
  await editor.webview.locator('input[type="range"]').fill("0.8");
  await expect
    .poll(() => chart("loss").locator(".plot").getAttribute("aria-label"))
    .toMatch(/loss \S+ at [\d:]+/);
  await editor.screenshot("run_panel_compared");
  // Not a reload of the page alone: only the command keeps what a webview has told to keep.
  await Promise.all([
    editor.page.waitForEvent("load"),
    editor.runCommand("Developer: Reload Window"),
  ]);
  const { webview } = editor;
  await webview.locator("h1", { hasText: "--steps 700" }).waitFor({ timeout: 60_000 });
  await editor.screenshot("run_panel_reloaded");
  await expect.poll(() => value("loss", "loss (other)")).toBeGreaterThan(0);
  expect(await webview.locator('input[type="range"]').inputValue()).toBe("0.8");
  expect(await webview.getByRole("button", { name: "Time" }).getAttribute("aria-pressed")).toBe(
    "true",
  );
  await webview.getByRole("button", { name: "End the comparison" }).click();
  await webview.getByRole("button", { name: "Compare…" }).waitFor();
});

test("the whole log is searched, and the newest lines come back", async () => {
  const { webview, page } = training.editor;
  await expect
    .poll(() => webview.locator(".summary").innerText(), { timeout: 90_000 })
    .toContain("succeeded");
  const lines = webview.locator(".lines");
  await expect.poll(() => lines.innerText()).toContain("training finished");
  const search = webview.getByRole("searchbox", { name: "Search the whole log" });
  await search.fill("step 3/700");
  await search.press("Enter");
  await expect.poll(() => webview.locator(".log .count").innerText()).toBe("1 of 1");
  await expect.poll(() => webview.locator(".line.marked").innerText()).toMatch(/^step 3\/700 loss/);
  await training.editor.screenshot("run_panel_search");
  await search.fill("val_loss");
  await search.press("Enter");
  await expect.poll(() => webview.locator(".log .count").innerText()).toBe("1 of 14");
  await search.press("Shift+Enter");
  await expect.poll(() => webview.locator(".log .count").innerText()).toBe("14 of 14");
  await webview.getByRole("checkbox", { name: "Follow" }).check();
  await expect.poll(() => lines.innerText()).toContain("training finished");
  await page.keyboard.press("Escape");
});

test("a crash, its fix and the new start are marked, and a click shows the crash", async () => {
  const { editor } = training;
  const run = await launch("python train.py --epochs 2");
  await editor.notification(/crashed at train\.py:\d+: FileNotFoundError/);
  await training.helper("fix", run, "--yes", "--restart");
  await editor.notification(/ended well/);
  await editor.runCommand("Propel: Open Run Panel");
  await editor.chooseRow("train.py --epochs 2");
  const { webview } = editor;
  await webview.locator("h1", { hasText: "train.py" }).waitFor();
  const events = webview.locator(".events");
  await expect.poll(() => events.innerText()).toMatch(/crashed: .*Fixed train\.py.*attempt 2/s);
  await editor.screenshot("run_panel_fixed");
  await events.getByRole("button", { name: /crashed/ }).click();
  await expect.poll(() => webview.locator(".line.marked").innerText()).toMatch(/^Traceback/);
  await editor.screenshot("run_panel_crash");
});

test("a hundred thousand points, and no driver in the GPUs view", async () => {
  const { editor, folder } = training;
  const count = 100_000;
  const line = (step: number): string => {
    const loss = 2 * Math.exp((-3 * step) / count) + 0.1 * Math.sin(step);
    return `step ${step} loss ${loss.toFixed(4)} lr ${(1e-3 * (1 - step / count)).toExponential(3)}`;
  };
  const lines = Array.from({ length: count }, (_, step) => line(step));
  await writeFile(join(folder, "big.log"), `${lines.join("\n")}\n`);
  const run = await launch("cat big.log");
  await training.helper("wait", run, "--timeout", "60");
  await editor.treeRow(/cat big\.log.*succeeded/).waitFor();
  await editor.runCommand("Propel: Open Run Panel");
  const began = performance.now();
  await editor.chooseRow("cat big.log");
  await editor.webview.locator("h1", { hasText: "cat big.log" }).waitFor();
  await chart("loss").locator("canvas").waitFor();
  const whole = performance.now() - began;
  const body = editor.webview.locator("body");
  const painted = await body.getAttribute("data-painted");
  const drawn = await body.getAttribute("data-drawn");
  await expect.poll(lastStep, { timeout: 120_000 }).toBe(99_999);
  console.log(
    `100,000 points: first picture ${drawn} ms after its data, ${painted} ms after the page, ` +
      `${Math.round(whole)} ms after the choice; whole log after ` +
      `${Math.round(performance.now() - began)} ms`,
  );
  await editor.screenshot("run_panel_large");
  await editor.runCommand("Propel: Focus on GPUs View");
  await editor.treeRow("NVIDIA").waitFor();
  await editor.screenshot("gpus_view");
});
