/**
 * `npm run setup`: everything that the other scripts need inside the checkout. Node packages in
 * node_modules, and a virtual environment in .venv with the helper installed in place.
 * A second run does nothing.
 */
import { readFileSync } from "node:fs";
import { inRoot, required, venvProgram } from "./paths.mjs";
import { requirePython } from "./python.mjs";
import { asScript, outsideEnvironment, quietly } from "./run.mjs";
import { fingerprint, isCurrent, markCurrent } from "./stamp.mjs";
import { ensureSystem } from "./system.mjs";

async function prepareNode() {
  const stamp = inRoot("node_modules", ".propel-stamp");
  const wanted = fingerprint(
    [inRoot("package-lock.json")],
    [process.version, process.platform, process.arch],
  );
  if (isCurrent(stamp, wanted)) return;
  console.log("Installing the Node packages of package-lock.json");
  // Some packages download prebuilt programs in their install scripts. None of them is needed.
  await quietly("Installing the Node packages", ["npm", "ci", "--ignore-scripts"], {
    cwd: inRoot(),
    env: outsideEnvironment(),
  });
  markCurrent(stamp, wanted);
}

/** @returns {string} what pyproject.toml says of the installation; the rest configures tools */
function installedPart() {
  const text = readFileSync(inRoot("python_helper", "pyproject.toml"), "utf8");
  return text.split("\n[tool.ruff]")[0] ?? text;
}

async function preparePython() {
  const lock = required("python_helper/requirements/dev.txt", "make it with `npm run lock`");
  required("python_helper/propel_helper/__init__.py", "this checkout is incomplete");
  const python = requirePython();
  const stamp = inRoot(".venv", ".propel-stamp");
  const wanted = fingerprint([lock], [installedPart(), python.program, python.version, inRoot()]);
  if (isCurrent(stamp, wanted)) {
    await compileHelper();
    return;
  }
  console.log(`Making .venv with Python ${python.version}`);
  const step = "Making .venv";
  await quietly(step, [python.program, "-m", "venv", "--clear", inRoot(".venv")]);
  const install = [venvProgram("python"), "-m", "pip", "install", "--disable-pip-version-check"];
  await quietly(step, [...install, "--require-hashes", "--no-deps", "-r", lock]);
  const helper = ["--no-deps", "--no-build-isolation", "-e", inRoot("python_helper")];
  await quietly(step, [...install, ...helper]);
  await compileHelper();
  markCurrent(stamp, wanted);
}

/**
 * Where Python may not keep bytecode (PYTHONDONTWRITEBYTECODE), each start of the helper would
 * compile its modules, which takes as long as all the rest of it. Unchanged files are left alone.
 */
async function compileHelper() {
  const compile = ["-m", "compileall", "-q", "-j", "0", inRoot("python_helper", "propel_helper")];
  await quietly("Compiling the helper", [venvProgram("python"), ...compile]);
}

/** Makes or updates node_modules and .venv. */
export async function prepare() {
  ensureSystem(["python"]);
  await prepareNode();
  await preparePython();
}

await asScript(import.meta.url, prepare);
