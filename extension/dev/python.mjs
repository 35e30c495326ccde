/** Finding a Python for the helper, and making virtual environments with it. */
import { ask } from "./run.mjs";

/**
 * @typedef {object} Python
 * @property {string} program
 * @property {string} version for example 3.11.7
 */

const oldest = [3, 10];

const probe = `
import sys, ensurepip, venv
print(sys.executable, sys.version.split()[0], int(sys.version_info >= (${oldest.join(", ")})))
`;

/**
 * @returns {Python | undefined} the first Python on PATH that is new enough and can make a
 *   virtual environment (Debian ships that part separately)
 */
export function findPython() {
  const minors = [14, 13, 12, 11, 10].map((minor) => `python3.${minor}`);
  for (const name of ["python3", "python", ...minors]) {
    const [program, version, usable] = ask([name, "-c", probe])?.split(" ") ?? [];
    if (program !== undefined && version !== undefined && usable === "1") {
      return { program, version };
    }
  }
  return undefined;
}

/** @returns {Python} */
export function requirePython() {
  const python = findPython();
  if (python === undefined) {
    throw new Error(
      "No Python 3.10 or newer with its venv module was found on PATH. " +
        "Install one (Debian and Ubuntu: apt-get install python3 python3-venv) and try again.",
    );
  }
  return python;
}
