/** `npm run check`: everything that reads the code without running it. All of it, then the sum. */
import { existsSync } from "node:fs";
import { inRoot, nodeProgram, venvProgram } from "./paths.mjs";
import { prepare } from "./prepare.mjs";
import { asScript } from "./run.mjs";
import { Steps } from "./steps.mjs";
import { pythonTargets, typescriptTargets } from "./targets.mjs";

/**
 * @param {Steps} steps
 */
export async function check(steps) {
  const tsc = [nodeProgram("tsc"), "--project"];
  const config = ["--config", inRoot("python_helper", "pyproject.toml")];
  await steps.run("tsc", [...tsc, inRoot("extension", "tsconfig.json")]);
  if (existsSync(inRoot("extension", "src", "webviews"))) {
    await steps.run("tsc (webviews)", [...tsc, inRoot("extension", "tsconfig.webviews.json")]);
  }
  await steps.run("eslint", [
    nodeProgram("eslint"),
    ...["--config", inRoot("extension", "eslint.config.mjs"), "--max-warnings", "0"],
    ...[
      "extension",
      ...["tests/extension", "tests/e2e"].filter((path) => existsSync(inRoot(path))),
    ],
  ]);
  await steps.run("prettier", [
    nodeProgram("prettier"),
    ...["--config", inRoot("extension", "prettier.config.mjs"), "--log-level", "warn", "--check"],
    ...typescriptTargets,
  ]);
  await steps.run("ruff", [
    venvProgram("ruff"),
    "check",
    "--output-format",
    "concise",
    ...config,
    ...pythonTargets(),
  ]);
  await steps.run("ruff format", [
    ...[venvProgram("ruff"), "format", "--check", ...config],
    ...pythonTargets(),
  ]);
  await steps.run("mypy", [
    ...[venvProgram("mypy"), "--config-file", inRoot("python_helper", "pyproject.toml")],
    ...pythonTargets(),
  ]);
  await steps.run("generated files", [
    venvProgram("python"),
    inRoot("python_helper", "dev", "gen.py"),
    "--check",
  ]);
}

await asScript(import.meta.url, async () => {
  await prepare();
  const steps = new Steps();
  await check(steps);
  steps.finish();
});
