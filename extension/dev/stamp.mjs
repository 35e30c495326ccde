/** Skipping work that is already done: a stamp holds the hash of all that the work depended on. */
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";

/**
 * @param {readonly string[]} files
 * @param {readonly string[]} facts anything else the result depends on
 * @returns {string}
 */
export function fingerprint(files, facts) {
  const hash = createHash("sha256");
  for (const file of files) hash.update(readFileSync(file)).update("\0");
  for (const fact of facts) hash.update(fact).update("\0");
  return hash.digest("hex");
}

/**
 * @param {string} stamp
 * @param {string} expected
 * @returns {boolean}
 */
export function isCurrent(stamp, expected) {
  try {
    return readFileSync(stamp, "utf8") === expected;
  } catch {
    return false;
  }
}

/**
 * @param {string} stamp
 * @param {string} fingerprintNow
 */
export function markCurrent(stamp, fingerprintNow) {
  writeFileSync(stamp, fingerprintNow);
}
