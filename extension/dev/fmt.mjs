/** `npm run fmt`: everything that the formatters can put right by themselves. */
import { inRoot, nodeProgram, venvProgram } from "./paths.mjs";
import { prepare } from "./prepare.mjs";
import { asScript } from "./run.mjs";
import { Steps } from "./steps.mjs";
import { pythonTargets, typescriptTargets } from "./targets.mjs";

await asScript(import.meta.url, async () => {
  await prepare();
  const steps = new Steps();
  const config = ["--config", inRoot("python_helper", "pyproject.toml")];
  await steps.run("prettier", [
    nodeProgram("prettier"),
    ...["--config", inRoot("extension", "prettier.config.mjs"), "--log-level", "warn", "--write"],
    ...typescriptTargets,
  ]);
  await steps.run("ruff", [
    ...[venvProgram("ruff"), "check", "--fix-only", ...config],
    ...pythonTargets(),
  ]);
  await steps.run("ruff format", [venvProgram("ruff"), "format", ...config, ...pythonTargets()]);
  steps.finish();
});
