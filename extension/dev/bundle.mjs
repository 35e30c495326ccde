/**
 * The helper's libraries, as they travel inside the extension package: one folder that any
 * Python from 3.10 to 3.14 of a platform can import, on a host that reaches no registry.
 */
import { readdirSync } from "node:fs";
import { chmod, cp, mkdir, mkdtemp, readFile, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inRoot, required, venvProgram } from "./paths.mjs";
import { quietly } from "./run.mjs";
import { fingerprint, isCurrent, markCurrent } from "./stamp.mjs";

/**
 * Which wheels fit, by VS Code's name of the platform.
 *
 * @type {Readonly<Record<string, readonly string[]>>}
 */
const wheelPlatforms = {
  "linux-x64": ["manylinux2014_x86_64", "manylinux_2_17_x86_64", "manylinux_2_12_x86_64"],
  "linux-arm64": ["manylinux2014_aarch64", "manylinux_2_17_aarch64"],
  "darwin-arm64": ["macosx_11_0_arm64", "macosx_11_0_universal2", "macosx_10_9_universal2"],
  "darwin-x64": ["macosx_10_9_x86_64", "macosx_10_13_x86_64", "macosx_10_9_universal2"],
};

export const targets = Object.keys(wheelPlatforms);

/** Compiled parts that fit one Python only. Their libraries do without them. */
const optional = [/^debugpy\/.+\.(cpython-|cp3\d+).+\.(so|pyd|dylib)$/, /^yaml\/_yaml\..+\.so$/];

/** Programs of their own that the helper starts. Everything else in `bin` is a console script. */
const programs = ["bin/py-spy"];

/** Not needed: console scripts, what pip leaves behind, what is for Windows, and sources in C. */
const ballast = [
  /^bin\/(?!py-spy$)/,
  /(^|\/)__pycache__\//,
  /\.dist-info\/sboms\//,
  /^debugpy\/.+\.(dll|exe|pdb|pyd|c|cpp|h|hpp|pyx|pxd|bat|cmd)$/,
  /^debugpy\/_vendored\/pydevd\/pydevd_attach_to_process\/(windows|winappdbg)\//,
];

/**
 * @param {string} lock
 * @returns {string} the lock without conditions, so that it holds for every Python
 */
function unconditional(lock) {
  return lock.replaceAll(/^(\S+==\S+) ;.*?( \\)?$/gm, "$1$2");
}

/**
 * @param {string} folder
 * @returns {string[]} the files below it, by relative path
 */
function filesIn(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1));
}

/**
 * Makes python_helper/bundled/libs for one platform.
 *
 * @param {string} target
 */
export async function bundle(target) {
  const platforms = wheelPlatforms[target];
  if (platforms === undefined) {
    throw new Error(`Unknown target ${target}; known: ${targets.join(", ")}`);
  }
  const lock = required("python_helper/requirements/runtime.txt", "make it with `npm run lock`");
  const bundled = inRoot("python_helper", "bundled");
  const stamp = join(bundled, ".stamp");
  const wanted = fingerprint([lock, inRoot("extension", "dev", "bundle.mjs")], [target]);
  if (isCurrent(stamp, wanted)) return;

  await rm(bundled, { recursive: true, force: true });
  await mkdir(bundled, { recursive: true });
  const scratch = await mkdtemp(join(tmpdir(), "propel-bundle-"));
  try {
    const requirements = join(scratch, "requirements.txt");
    await writeFile(requirements, unconditional(await readFile(lock, "utf8")));
    const libs = join(scratch, "libs");
    await quietly("Bundling the helper's libraries", [
      ...[venvProgram("python"), "-m", "pip", "install", "--disable-pip-version-check"],
      ...["--require-hashes", "--no-deps", "--only-binary=:all:", "--no-compile"],
      ...["--implementation", "cp", "--python-version", "3.10"],
      ...["--abi", "cp310", "--abi", "abi3", "--abi", "none"],
      ...platforms.flatMap((platform) => ["--platform", platform]),
      ...["--target", libs, "--requirement", requirements],
    ]);
    await trim(libs);
    await moveFolder(libs, join(bundled, "libs"));
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
  markCurrent(stamp, wanted);
}

/**
 * @param {string} from
 * @param {string} to possibly on another file system
 */
async function moveFolder(from, to) {
  await rename(from, to).catch(() => cp(from, to, { recursive: true }));
}

/**
 * @param {string} libs
 */
async function trim(libs) {
  for (const file of filesIn(libs)) {
    if ([...optional, ...ballast].some((pattern) => pattern.test(file))) {
      await rm(join(libs, file));
    }
  }
  for (const program of programs) await chmod(join(libs, program), 0o755);
  const bound = filesIn(libs).filter((file) => /\.(cpython-|cp3\d+).*\.(so|pyd|dylib)$/.test(file));
  if (bound.length > 0) {
    throw new Error(`These bundled files fit one version of Python only: ${bound.join(", ")}`);
  }
}
