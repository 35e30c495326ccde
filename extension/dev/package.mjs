/**
 * `npm run package [-- --target PLATFORM]`: dist/propel-PLATFORM-VERSION.vsix, which carries the
 * helper and its libraries and needs nothing from any registry where it is installed.
 */
import { mkdirSync, statSync } from "node:fs";
import { parseArgs } from "node:util";
import { bundle } from "./bundle.mjs";
import { inRoot, nodeProgram, required, version } from "./paths.mjs";
import { prepare } from "./prepare.mjs";
import { asScript, quietly } from "./run.mjs";

export const here = `${process.platform}-${process.arch}`;

/**
 * @param {string} [target] a platform, by VS Code's name
 * @returns {string} where its package is or would be
 */
export function packagePath(target = here) {
  return inRoot("dist", `propel-${target}-${version()}.vsix`);
}

/**
 * @param {string} [target]
 * @returns {Promise<string>} the package's path
 */
export async function makePackage(target = here) {
  required("python_helper/start.py", "the extension starts the helper with it");
  required("README.md", "it is the package's page in the editor");
  await quietly("Building the extension", [process.execPath, inRoot("extension", "esbuild.mjs")]);
  await bundle(target);
  mkdirSync(inRoot("dist"), { recursive: true });
  const path = packagePath(target);
  await quietly(
    "Packing the extension",
    [
      ...[nodeProgram("vsce"), "package", "--target", target, "--out", path],
      // esbuild put every dependency into one file; there is no marketplace page to link to.
      ...["--no-dependencies", "--allow-missing-repository", "--no-rewrite-relative-links"],
    ],
    { cwd: inRoot() },
  );
  const megabytes = (statSync(path).size / 1e6).toFixed(1);
  console.log(`${path} (${megabytes} MB)`);
  return path;
}

await asScript(import.meta.url, async () => {
  const { values } = parseArgs({ options: { target: { type: "string", default: here } } });
  await prepare();
  await makePackage(values.target);
});
