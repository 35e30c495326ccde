/**
 * `npm test`: everything, on a machine with nothing but Node and Python. Every step runs, so that
 * one failure does not hide another; pytest is the last, and its count the last line.
 */
import { Steps } from "./steps.mjs";
import { asScript } from "./run.mjs";
import { check } from "./check.mjs";
import { endToEnd } from "./e2e.mjs";
import { inRoot, nodeProgram, venvProgram } from "./paths.mjs";
import { makePackage } from "./package.mjs";
import { prepare } from "./prepare.mjs";
import { ensureSystem, offerSystem } from "./system.mjs";
import { versions } from "./vscode.mjs";

await asScript(import.meta.url, async () => {
  const steps = new Steps();
  const ready = await steps.run("setup", async () => {
    ensureSystem(["python", "sessions", "editor", "browser"]);
    offerSystem(["slurm"]);
    await prepare();
  });
  if (!ready) {
    steps.finish();
    return;
  }
  await check(steps);
  await steps.run("unit tests of the extension", [
    ...[nodeProgram("vitest"), "run", "--config", inRoot("extension", "vitest.config.ts")],
  ]);
  if (await steps.run("package", () => makePackage())) {
    await endToEnd(steps, Object.keys(versions), []);
  }
  steps.report();
  await steps.run("tests of the helper", [
    ...[venvProgram("python"), "-m", "pytest"],
    // testpaths counts from the root, and only when pytest is told that it is one.
    ...["-c", inRoot("python_helper", "pyproject.toml"), "--rootdir", inRoot()],
  ]);
  steps.settle();
});
