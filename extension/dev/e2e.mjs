/**
 * `npm run test:e2e [-- --vscode VERSION] [-- TEST...]`: the scenarios of tests/e2e in a real VS
 * Code, the oldest supported one and the newest, with the package of `npm run package` in it.
 */
import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { parseArgs } from "node:util";
import { inRoot, nodeProgram } from "./paths.mjs";
import { makePackage, packagePath } from "./package.mjs";
import { prepare } from "./prepare.mjs";
import { asScript, loudly } from "./run.mjs";
import { Steps } from "./steps.mjs";
import { ensureSystem } from "./system.mjs";
import { install, versions } from "./vscode.mjs";

/**
 * A scenario plays with an editor, a browser and real sessions on whatever machine this is. A file
 * that fails is played once more, and the report says so with what failed: a fault of the product
 * fails twice, a machine that was too busy is not a reason to refuse a change.
 *
 * @param {string} version of code-server
 * @param {readonly string[]} filters names of test files; none means all
 * @returns {Promise<string>} what failed at the first try, "" if nothing
 */
async function scenarios(version, filters) {
  const first = await play(version, filters);
  if (first.passed) return "";
  const said = first.failures.map(({ words }) => words).join("\n");
  const files = [...new Set(first.failures.map(({ file }) => file))];
  if (files.length === 0) throw new Error("vitest ended before it ran a test");
  console.log(`\nOnce more: ${files.join(" ")}`);
  const second = await play(version, files);
  if (second.passed) return `passed at the second try; at the first:\n${said}`;
  const again = second.failures.map(({ words }) => words).join("\n");
  throw new Error(`${said}\nat the second try:\n${again}`);
}

/**
 * @param {string} version
 * @param {readonly string[]} filters
 * @returns {Promise<{passed: boolean, failures: {file: string, words: string}[]}>}
 */
async function play(version, filters) {
  const folder = await mkdtemp(join(tmpdir(), "propel-e2e-"));
  try {
    const results = join(folder, "results.json");
    const config = inRoot("extension", "vitest.e2e.config.ts");
    const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${results}`];
    const passed = loudly(
      [nodeProgram("vitest"), "run", "--config", config, ...reporters, ...filters],
      {
        cwd: inRoot(),
        env: { ...process.env, PROPEL_E2E_EDITOR: version },
      },
    );
    return { passed, failures: passed ? [] : failuresIn(await readFile(results, "utf8")) };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/**
 * @param {string} results of vitest's JSON reporter (https://vitest.dev/guide/reporters#json-reporter)
 * @returns {{file: string, words: string}[]}
 */
function failuresIn(results) {
  /** @type {{testResults: {name: string, status: string, message: string, assertionResults: {status: string, fullName: string, failureMessages: string[]}[]}[]}} */
  const { testResults } = JSON.parse(results);
  return testResults
    .filter(({ status }) => status !== "passed")
    .flatMap(({ name, message, assertionResults }) => {
      const file = relative(inRoot(), name);
      const failed = assertionResults.filter(({ status }) => status === "failed");
      if (failed.length === 0) return [{ file, words: `${file}: ${message}` }];
      return failed.map(({ fullName, failureMessages }) => ({
        file,
        words: `${file}: ${fullName}\n${failureMessages.map(ownLines).join("\n")}`,
      }));
    });
}

/**
 * @param {string} message an error's message and stack
 * @returns {string} without the frames of the test runner
 */
function ownLines(message) {
  return message.replace(/^ +at .*(node_modules|node:internal).*\n?/gm, "").trimEnd();
}

/**
 * @param {Steps} steps
 * @param {readonly string[]} chosen versions of code-server
 * @param {readonly string[]} filters names of test files; none means all
 */
export async function endToEnd(steps, chosen, filters) {
  for (const version of chosen) {
    const name = `e2e on VS Code ${versions[version]?.vscode ?? version}`;
    const ready = await steps.run(`${name}: install`, async () => {
      ensureSystem(["sessions", "editor", "browser"]);
      await install(version);
      if (!existsSync(packagePath())) throw new Error("There is no package: `npm run package`");
    });
    if (!ready) continue;
    await steps.run(name, () => scenarios(version, filters));
  }
}

await asScript(import.meta.url, async () => {
  const { values, positionals } = parseArgs({
    options: { vscode: { type: "string", multiple: true }, "no-package": { type: "boolean" } },
    allowPositionals: true,
  });
  await prepare();
  const steps = new Steps();
  if (values["no-package"] !== true) await steps.run("package", () => makePackage());
  await endToEnd(steps, values.vscode ?? Object.keys(versions), positionals);
  steps.finish();
});
