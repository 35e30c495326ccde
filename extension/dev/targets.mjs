/** Which files the formatters and checkers read. */
import { existsSync } from "node:fs";
import { inRoot } from "./paths.mjs";

/** @type {readonly string[]} */
export const typescriptTargets = [
  "package.json",
  "extension/**/*.{ts,mjs,css}",
  "!extension/dist/**",
  "!**/*.gen.ts",
  "tests/{extension,e2e}/**/*.ts",
  "--no-error-on-unmatched-pattern",
];

/**
 * Broken training scripts are fixtures and must stay as they are: only tests are checked.
 *
 * @returns {string[]}
 */
export function pythonTargets() {
  const all = ["python_helper/propel_helper", "python_helper/start.py", "python_helper/dev"];
  const tests = ["tests/helper", "tests/contract", "tests/bench", "tests/gym"];
  return [...all, ...tests].map((path) => inRoot(path)).filter((path) => existsSync(path));
}
