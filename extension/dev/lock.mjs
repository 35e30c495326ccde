/**
 * `npm run lock`: makes package-lock.json and python_helper/requirements/*.txt again, with hashes
 * and without the address of any registry. `npm run lock -- --upgrade` also takes newer versions.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inRoot } from "./paths.mjs";
import { requirePython } from "./python.mjs";
import { asScript, outsideEnvironment, quietly } from "./run.mjs";

const uv = "uv==0.13.9";

// "fewest": the bundle holds one copy of a library for all Pythons, so there can be one version.
const compile = [
  ...["pip", "compile", "pyproject.toml", "--quiet", "--universal", "--python-version", "3.10"],
  ...["--fork-strategy", "fewest", "--generate-hashes", "--custom-compile-command", "npm run lock"],
  ...["--no-emit-index-url", "--no-emit-find-links"],
];

const runtime = ["--output-file", "requirements/runtime.txt"];
const dev = [
  ...["--group", "dev", "--constraints", "requirements/runtime.txt"],
  ...["--output-file", "requirements/dev.txt"],
];

await asScript(import.meta.url, async () => {
  const upgrade = process.argv.slice(2);
  const env = outsideEnvironment();
  const temporary = await mkdtemp(join(tmpdir(), "propel-lock-"));
  try {
    await quietly("Making a place for uv", [requirePython().program, "-m", "venv", temporary]);
    await quietly("Installing uv", [join(temporary, "bin", "pip"), "install", uv]);
    for (const output of [runtime, dev]) {
      const argv = [join(temporary, "bin", "uv"), ...compile, ...output, ...upgrade];
      await quietly("Locking the Python packages", argv, { cwd: inRoot("python_helper"), env });
    }
    const npm = [
      upgrade.length > 0 ? "update" : "install",
      "--package-lock-only",
      "--ignore-scripts",
    ];
    await quietly("Locking the Node packages", ["npm", ...npm], { cwd: inRoot(), env });
    // npm leaves optional packages of other platforms out of the lock when a registry lacks them,
    // and then refuses its own lock.
    const check = ["npm", "ci", "--ignore-scripts", "--dry-run"];
    await quietly("Checking package-lock.json", check, { cwd: inRoot(), env });
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
});
