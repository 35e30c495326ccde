/** A row of steps that all run, so that one failure does not hide the next. */
import { inRoot } from "./paths.mjs";
import { loudly } from "./run.mjs";

export class Steps {
  /**
   * @readonly
   * @type {{name: string, passed: boolean, seconds: number, words: string}[]}
   */
  #done = [];

  /**
   * @param {string} name
   * @param {readonly string[] | (() => unknown)} work a command, run in the repository's root, or
   *   a function that throws when it fails; a text that it returns stands in the report
   * @param {NodeJS.ProcessEnv} [env]
   * @returns {Promise<boolean>} whether it succeeded
   */
  async run(name, work, env = process.env) {
    console.log(`\n=== ${name}`);
    const started = performance.now();
    let passed = true;
    let words = "";
    if (typeof work === "function") {
      try {
        const said = await work();
        if (typeof said === "string") words = said;
      } catch (error) {
        words = error instanceof Error ? error.message : String(error);
        console.error(words);
        passed = false;
      }
    } else {
      passed = loudly(work, { cwd: inRoot(), env });
    }
    this.#done.push({ name, passed, seconds: (performance.now() - started) / 1000, words });
    return passed;
  }

  /** Prints how each step went, how long it took, and what it had to say. */
  report() {
    const width = Math.max(...this.#done.map(({ name }) => name.length));
    console.log("");
    for (const { name, passed, seconds, words } of this.#done) {
      const time = `${seconds.toFixed(1)} s`.padStart(9);
      console.log(`${passed ? "ok    " : "FAILED"}  ${name.padEnd(width)} ${time}`);
      if (words !== "") console.log(words.replace(/^/gm, "          "));
    }
  }

  /** Reports, and lets the process end with an error if any step failed. */
  finish() {
    this.report();
    this.settle();
  }

  /** Lets the process end with an error if any step failed. */
  settle() {
    if (this.#done.some(({ passed }) => !passed)) process.exitCode = 1;
  }
}
