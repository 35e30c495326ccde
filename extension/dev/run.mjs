/** Running other programs: the one place that knows about child processes. */
import { spawn, spawnSync } from "node:child_process";

/** A program that ended with an error, and the end of what it said. */
export class CommandFailed extends Error {
  /**
   * @param {string} step what the caller was doing
   * @param {string} command
   * @param {string} output
   */
  constructor(step, command, output) {
    const tail = output.trimEnd().split("\n").slice(-25).join("\n");
    super(`${step} failed: ${command}${tail === "" ? "" : `\n${tail}`}`);
    this.name = "CommandFailed";
  }
}

/**
 * The environment for a package manager that works in another folder. npm tells its children
 * about the project it runs in, and a nested npm would believe it is still there.
 *
 * @returns {NodeJS.ProcessEnv}
 */
export function outsideEnvironment() {
  const ours = /^(npm_(package|lifecycle)_|npm_(command|execpath|config_local_prefix)$|INIT_CWD$)/i;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !ours.test(name)));
}

/**
 * Runs a program quietly; its output is shown only when it fails.
 *
 * @param {string} step
 * @param {readonly string[]} argv
 * @param {{cwd?: string, env?: NodeJS.ProcessEnv}} [options]
 * @returns {Promise<string>} what it printed
 */
export function quietly(step, argv, options = {}) {
  const [program = "", ...args] = argv;
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { ...options, stdio: ["ignore", "pipe", "pipe"] });
    let output = "";
    const collect = (/** @type {Buffer} */ chunk) => {
      output += chunk.toString();
    };
    child.stdout.on("data", collect);
    child.stderr.on("data", collect);
    child.on("error", (error) => {
      reject(new CommandFailed(step, argv.join(" "), error.message));
    });
    child.on("close", (status) => {
      if (status === 0) resolve(output);
      else reject(new CommandFailed(step, argv.join(" "), output));
    });
  });
}

/**
 * Runs a program that talks to the terminal itself.
 *
 * @param {readonly string[]} argv
 * @param {{cwd?: string, env?: NodeJS.ProcessEnv}} [options]
 * @returns {boolean} whether it succeeded
 */
export function loudly(argv, options = {}) {
  const [program = "", ...args] = argv;
  const result = spawnSync(program, args, { ...options, stdio: "inherit" });
  if (result.error) console.error(`${program}: ${result.error.message}`);
  return result.status === 0;
}

/**
 * @param {readonly string[]} argv
 * @returns {string | undefined} what the program printed; nothing if it failed or is not there
 */
export function ask(argv) {
  const [program = "", ...args] = argv;
  const result = spawnSync(program, args, {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"],
  });
  return result.status === 0 ? result.stdout.trim() : undefined;
}

/**
 * Runs a script's main function; a failure is a message and an exit status, not a stack.
 *
 * @param {string} moduleUrl `import.meta.url` of the script
 * @param {() => unknown} main
 */
export async function asScript(moduleUrl, main) {
  const { pathToFileURL } = await import("node:url");
  if (moduleUrl !== pathToFileURL(process.argv[1] ?? "").href) return;
  try {
    await main();
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}
