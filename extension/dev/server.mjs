/** Running code-server: for `npm start`, and for the end-to-end tests. */
import { spawn } from "node:child_process";
import { createServer } from "node:net";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { outsideEnvironment, quietly } from "./run.mjs";

/** @typedef {import("./vscode.mjs").Editor} Editor */

/**
 * @typedef {object} Server
 * @property {string} url
 * @property {Promise<void>} ended
 * @property {() => Promise<void>} stop ends the server and what it started, except sessions
 * @property {() => string} output what it printed so far
 */

/** Settings that leave the window to the project and to Propel. */
export const quietSettings = {
  "chat.commandCenter.enabled": false,
  "chat.disableAIFeatures": true,
  "extensions.autoUpdate": false,
  "extensions.ignoreRecommendations": true,
  "telemetry.telemetryLevel": "off",
  "workbench.secondarySideBar.defaultVisibility": "hidden",
  "workbench.startupEditor": "none",
  "workbench.tips.enabled": false,
  "workbench.welcomePage.walkthroughs.openOnInstall": false,
};

/**
 * @param {string} home holds the editor's settings, extensions and logs
 * @returns {string}
 */
export function settingsFile(home) {
  return join(home, "user-data", "User", "settings.json");
}

/**
 * @param {string} home
 * @returns {string[]}
 */
function places(home) {
  return [
    ...["--config", join(home, "config.yaml")],
    ...["--user-data-dir", join(home, "user-data")],
    ...["--extensions-dir", join(home, "extensions")],
  ];
}

/** @returns {NodeJS.ProcessEnv} an environment in which the editor starts as from a login shell */
function cleanEnvironment() {
  // Inside another VS Code's terminal these variables would send our commands to that one.
  const editors = /^(VSCODE_|CODE_SERVER_|ELECTRON_RUN_AS_NODE$|NODE_OPTIONS$|VITEST|TEST$)/;
  return Object.fromEntries(
    Object.entries(outsideEnvironment()).filter(([name]) => !editors.test(name)),
  );
}

/** @returns {Promise<number>} a loopback port that nobody listens on */
function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.on("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      const port = typeof address === "object" && address !== null ? address.port : 0;
      probe.close(() => {
        resolve(port);
      });
    });
  });
}

/**
 * @param {Editor} editor
 * @param {string} home
 * @param {string} vsix
 */
export async function installExtension(editor, home, vsix) {
  await quietly(
    "Installing the extension",
    [editor.node, editor.entry, ...places(home), "--install-extension", vsix, "--force"],
    { env: cleanEnvironment() },
  );
}

/**
 * Starts the server and waits until it answers.
 *
 * @param {Editor} editor
 * @param {object} options
 * @param {string} options.home
 * @param {string} options.folder what to open; a workspace's file for several folders
 * @param {NodeJS.ProcessEnv} [options.env] added to the environment
 * @param {boolean} [options.askForTrust] whether the editor asks if the folder is trusted
 * @returns {Promise<Server>}
 */
export async function startServer(editor, { home, folder, env = {}, askForTrust = false }) {
  const port = await freePort();
  const child = spawn(
    editor.node,
    [
      ...[editor.entry, ...places(home), "--auth", "none", "--bind-addr", `127.0.0.1:${port}`],
      ...["--disable-telemetry", "--disable-update-check", "--disable-getting-started-override"],
      ...(askForTrust ? [] : ["--disable-workspace-trust"]),
      folder,
    ],
    {
      cwd: folder.endsWith(".code-workspace") ? dirname(folder) : folder,
      env: { ...cleanEnvironment(), ...env },
      // A process group of its own: ending it ends exactly what this server started.
      detached: true,
      stdio: ["ignore", "pipe", "pipe"],
    },
  );
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (/** @type {Buffer} */ chunk) => {
      output += chunk.toString();
    });
  }
  /** @type {Promise<void>} */
  const ended = new Promise((resolve) => {
    child.on("error", (error) => {
      output += error.message;
      resolve();
    });
    child.on("close", () => {
      resolve();
    });
  });
  const signal = (/** @type {NodeJS.Signals} */ name) => {
    try {
      if (child.pid !== undefined) process.kill(-child.pid, name);
    } catch {
      // It has ended already.
    }
  };
  const killAtExit = () => {
    signal("SIGKILL");
  };
  process.once("exit", killAtExit);
  const stop = async () => {
    signal("SIGTERM");
    await Promise.race([ended, sleep(5000, undefined, { ref: false })]);
    signal("SIGKILL");
    await ended;
    process.off("exit", killAtExit);
  };

  const origin = `http://127.0.0.1:${port}`;
  if (!(await answers(`${origin}/healthz`, ended))) {
    await stop();
    throw new Error(`code-server ${editor.version} did not start:\n${output}`);
  }
  const kind = folder.endsWith(".code-workspace") ? "workspace" : "folder";
  const url = `${origin}/?${kind}=${encodeURIComponent(folder)}`;
  return { url, ended, stop, output: () => output };
}

/**
 * @param {string} url
 * @param {Promise<void>} ended
 * @returns {Promise<boolean>}
 */
async function answers(url, ended) {
  const gone = ended.then(() => true);
  for (const started = Date.now(); Date.now() - started < 60_000;) {
    const ok = await fetch(url).then(
      (response) => response.ok,
      () => false,
    );
    if (ok) return true;
    if (await Promise.race([gone, sleep(100, false)])) return false;
  }
  return false;
}
