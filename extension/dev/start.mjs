/**
 * `npm start`: Propel in a real VS Code in the browser, with a small training project open.
 * `npm start -- --desktop` uses the VS Code of this machine instead.
 */
import { existsSync } from "node:fs";
import { cp, mkdir, rm, writeFile } from "node:fs/promises";
import { delimiter, dirname, join } from "node:path";
import { parseArgs } from "node:util";
import { makePackage } from "./package.mjs";
import { cache, required } from "./paths.mjs";
import { prepare } from "./prepare.mjs";
import { requirePython } from "./python.mjs";
import { ask, asScript, loudly, quietly } from "./run.mjs";
import { installExtension, quietSettings, settingsFile, startServer } from "./server.mjs";
import { fingerprint, isCurrent, markCurrent } from "./stamp.mjs";
import { ensureSystem } from "./system.mjs";
import { install, newest, oldest, versions } from "./vscode.mjs";

const whatToDo = `
  1. Click the Propel icon at the left, or press F1 and type "Propel".
  2. Choose a training command. Propel shows it and asks; nothing runs before you confirm.
  3. When the run crashes, the line is underlined: put the cursor there and press Ctrl+.
`;

/** @returns {Promise<string>} the sample project, fresh, where it can be edited and broken */
async function sampleProject() {
  const source = required("tests/sample_project", "there is no project to open");
  const copy = join(cache, "sample_project");
  await rm(copy, { recursive: true, force: true });
  await mkdir(cache, { recursive: true });
  await cp(source, copy, { recursive: true });
  return copy;
}

/**
 * The sample trains with its own Python, as real projects do.
 *
 * @returns {Promise<string>} a virtual environment
 */
export async function trainingEnvironment() {
  const python = requirePython();
  const needs = required("tests/sample_project/requirements.txt", "this checkout is incomplete");
  const venv = join(cache, "sample_venv");
  const stamp = join(venv, ".propel-stamp");
  const wanted = fingerprint([needs], [python.program, python.version]);
  if (isCurrent(stamp, wanted)) return venv;
  console.log("Making a training environment for the sample project");
  const step = "Making the training environment";
  await quietly(step, [python.program, "-m", "venv", "--clear", venv]);
  const pip = [join(venv, "bin", "python"), "-m", "pip", "install", "--disable-pip-version-check"];
  await quietly(step, [...pip, "--only-binary=:all:", "-r", needs]);
  markCurrent(stamp, wanted);
  return venv;
}

/** @returns {Promise<import("./vscode.mjs").Editor>} */
async function newestThatInstalls() {
  try {
    return await install(newest);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    console.error(`Falling back to VS Code ${versions[oldest]?.vscode ?? oldest}`);
    return install(oldest);
  }
}

/**
 * @param {string} vsix
 * @param {string} folder
 * @param {NodeJS.ProcessEnv} env
 */
async function inBrowser(vsix, folder, env) {
  const editor = await newestThatInstalls();
  const home = join(cache, `home-${editor.version}`);
  const file = settingsFile(home);
  if (!existsSync(file)) {
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, JSON.stringify(quietSettings, null, 2));
  }
  await installExtension(editor, home, vsix);
  const server = await startServer(editor, { home, folder, env });
  console.log(`\nPropel runs in VS Code ${editor.vscode}. Open this page:\n\n  ${server.url}`);
  console.log(`${whatToDo}\nCtrl-C here ends the editor; training runs go on in their sessions.`);
  const interruption = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
    process.on(signal, () => {
      interruption.abort();
      void server.stop();
    });
  }
  await server.ended;
  if (!interruption.signal.aborted)
    throw new Error(`The editor ended by itself:\n${server.output()}`);
}

/**
 * @param {string} vsix
 * @param {string} folder
 * @param {NodeJS.ProcessEnv} env
 */
function onDesktop(vsix, folder, env) {
  if (ask(["code", "--version"]) === undefined) {
    throw new Error(
      "There is no `code` on PATH. In VS Code run \"Shell Command: Install 'code' command in PATH\", " +
        "or leave out --desktop to use VS Code in the browser. The package to install by hand is\n" +
        vsix,
    );
  }
  const opened =
    loudly(["code", "--install-extension", vsix, "--force"]) &&
    loudly(["code", folder], { env: { ...process.env, ...env } });
  if (!opened) throw new Error("VS Code could not be started");
  console.log(whatToDo);
}

await asScript(import.meta.url, async () => {
  const { values } = parseArgs({ options: { desktop: { type: "boolean", default: false } } });
  ensureSystem(["python", "sessions"]);
  await prepare();
  const vsix = await makePackage();
  const folder = await sampleProject();
  const venv = await trainingEnvironment();
  const env = {
    VIRTUAL_ENV: venv,
    PATH: [join(venv, "bin"), process.env["PATH"] ?? ""].join(delimiter),
    // The editor takes this PATH as it is, instead of asking a login shell for another.
    VSCODE_CLI: "1",
  };
  if (values.desktop) onDesktop(vsix, folder, env);
  else await inBrowser(vsix, folder, env);
});
