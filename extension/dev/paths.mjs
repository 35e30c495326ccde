/** Where things are, in the checkout and outside it. */
import { homedir } from "node:os";
import { dirname, isAbsolute, join, resolve } from "node:path";
import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

export const root = resolve(dirname(fileURLToPath(import.meta.url)), "../..");

/** What is expensive to make and independent of the checkout is kept here, keyed by version. */
export const cache = join(cacheHome(process.env), "propel");

/**
 * @param {...string} parts
 * @returns {string}
 */
export function inRoot(...parts) {
  return join(root, ...parts);
}

/**
 * @param {string} name
 * @returns {string} a program of the development environment
 */
export function venvProgram(name) {
  return inRoot(".venv", "bin", name);
}

/**
 * @param {string} name
 * @returns {string} a program that came with a development dependency
 */
export function nodeProgram(name) {
  return inRoot("node_modules", ".bin", name);
}

/**
 * @returns {string} the one version that the extension and the helper share
 */
export function version() {
  /** @type {{version: string}} */
  const manifest = JSON.parse(readFileSync(inRoot("package.json"), "utf8"));
  return manifest.version;
}

/**
 * @param {string} path relative to the repository's root
 * @param {string} cure what to do when it is missing
 * @returns {string} the whole path
 */
export function required(path, cure) {
  const whole = inRoot(path);
  if (!existsSync(whole)) throw new Error(`${path} is missing: ${cure}`);
  return whole;
}

/**
 * An empty or relative value counts as unset (XDG Base Directory Specification, "Basics").
 *
 * @param {NodeJS.ProcessEnv} environment
 * @returns {string}
 */
export function cacheHome(environment) {
  const chosen = environment["XDG_CACHE_HOME"] ?? "";
  return isAbsolute(chosen) ? chosen : join(homedir(), ".cache");
}
