/**
 * Programs and libraries that no package registry of a language brings: looked for as files and
 * programs, so that it does not matter how they came, and installed with apt-get where possible.
 */
import { existsSync, readdirSync } from "node:fs";
import { delimiter, join } from "node:path";
import { findPython } from "./python.mjs";
import { ask, loudly } from "./run.mjs";

/** @typedef {"python" | "sessions" | "slurm" | "editor" | "browser"} Purpose */

/**
 * @typedef {object} Need
 * @property {Purpose} purpose
 * @property {() => boolean} present
 * @property {string} apt Debian's package
 * @property {string | undefined} [brew] Homebrew's package; none where macOS has the thing
 */

/**
 * @param {string} program
 * @returns {string | undefined}
 */
function onPath(program) {
  const folders = (process.env["PATH"] ?? "").split(delimiter);
  return folders.map((folder) => join(folder, program)).find((path) => existsSync(path));
}

/**
 * Daemons are not on everybody's PATH.
 *
 * @param {string} program
 * @returns {boolean}
 */
function isDaemon(program) {
  return onPath(program) !== undefined || existsSync(join("/usr/sbin", program));
}

/**
 * @param {string} folder
 * @returns {boolean}
 */
function holdsFont(folder) {
  if (!existsSync(folder)) return false;
  const names = readdirSync(folder, { recursive: true, encoding: "utf8" });
  return names.some((name) => /\.(ttf|otf|ttc|pfb)$/i.test(name));
}

/** @returns {string | undefined} a Chromium or Chrome that can be driven */
export function findBrowser() {
  const names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
  const chosen = process.env["PROPEL_BROWSER"];
  const mac = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome";
  return chosen ?? names.map(onPath).find(Boolean) ?? (existsSync(mac) ? mac : undefined);
}

const fontFolders = ["/usr/share/fonts", "/usr/local/share/fonts", "/System/Library/Fonts"];
const gssapi = ["/usr/include/gssapi/gssapi.h", "/usr/include/gssapi.h"];

/** @type {readonly Need[]} */
const needs = [
  {
    purpose: "python",
    present: () => findPython() !== undefined,
    apt: "python3-venv",
    brew: "python",
  },
  {
    purpose: "sessions",
    present: () => onPath("screen") !== undefined,
    apt: "screen",
    brew: "screen",
  },
  { purpose: "sessions", present: () => onPath("tmux") !== undefined, apt: "tmux", brew: "tmux" },
  {
    purpose: "slurm",
    present: () =>
      onPath("sbatch") !== undefined && ["slurmctld", "slurmd"].every((name) => isDaemon(name)),
    apt: "slurm-wlm",
  },
  { purpose: "slurm", present: () => isDaemon("munged"), apt: "munge" },
  { purpose: "editor", present: () => ["g++", "c++"].some(onPath), apt: "g++" },
  { purpose: "editor", present: () => onPath("make") !== undefined, apt: "make" },
  {
    purpose: "editor",
    present: () => onPath("pkg-config") !== undefined,
    apt: "pkg-config",
    brew: "pkgconf",
  },
  {
    purpose: "editor",
    present: () => process.platform === "darwin" || gssapi.some((path) => existsSync(path)),
    apt: "libkrb5-dev",
  },
  { purpose: "editor", present: () => onPath("rg") !== undefined, apt: "ripgrep", brew: "ripgrep" },
  { purpose: "browser", present: () => findBrowser() !== undefined, apt: "chromium" },
  { purpose: "browser", present: () => fontFolders.some(holdsFont), apt: "fonts-dejavu-core" },
];

/** @returns {readonly string[] | undefined} what to put before a command that needs root */
function rootPrefix() {
  if (process.getuid?.() === 0) return [];
  return ask(["sudo", "-n", "true"]) === undefined ? undefined : ["sudo", "-n"];
}

/**
 * Sees to it that everything for these purposes is on the machine.
 *
 * @param {readonly Purpose[]} purposes
 */
export function ensureSystem(purposes) {
  const missing = missingFor(purposes);
  if (missing.length === 0) return;
  install(missing);
  const still = missing.filter((need) => !need.present());
  if (still.length > 0) throw new Error(howToInstall(still));
}

/**
 * Installs what some tests need where that is possible. Where it is not they are skipped.
 *
 * @param {readonly Purpose[]} purposes
 */
export function offerSystem(purposes) {
  const missing = missingFor(purposes);
  if (missing.length === 0) return;
  try {
    install(missing);
  } catch (error) {
    console.log(error instanceof Error ? error.message : String(error));
  }
  const still = missing.filter((need) => !need.present());
  if (still.length > 0) console.log(`Tests of ${purposes.join(", ")} are skipped.`);
}

/**
 * @param {readonly Purpose[]} purposes
 * @returns {readonly Need[]}
 */
function missingFor(purposes) {
  return needs.filter((need) => purposes.includes(need.purpose) && !need.present());
}

/** @param {readonly Need[]} missing */
function install(missing) {
  const packages = missing.map((need) => need.apt);
  const prefix = rootPrefix();
  if (onPath("apt-get") !== undefined && prefix !== undefined) {
    console.log(`Installing system packages: ${packages.join(" ")}`);
    const apt = [...prefix, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq"];
    // The lists may be absent (a fresh container) or old; either makes the install fail.
    loudly([...apt, "update"]);
    loudly([...apt, "install", "-y", "--no-install-recommends", ...packages]);
  }
}

/**
 * @param {readonly Need[]} missing
 * @returns {string}
 */
function howToInstall(missing) {
  const head = `Missing on this machine: ${missing.map((need) => need.apt).join(", ")}.`;
  if (process.platform === "darwin") {
    const formulas = missing.flatMap((need) => need.brew ?? []);
    const tools = missing.some((need) => need.purpose === "editor" && need.brew === undefined);
    return [
      head,
      ...(tools ? ["Run: xcode-select --install"] : []),
      ...(formulas.length > 0 ? [`Run: brew install ${formulas.join(" ")}`] : []),
    ].join("\n");
  }
  const packages = missing.map((need) => need.apt).join(" ");
  return `${head}\nRun: sudo apt-get update && sudo apt-get install -y ${packages}`;
}
