/**
 * `npm run build`: bundles the extension into extension/dist. The pages that run inside the
 * editor's webviews are bundled apart, for the browser: one per file in extension/src/webviews.
 */
import { existsSync, readdirSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const main = join(here, "src", "main.ts");
const webviews = join(here, "src", "webviews");
const dist = join(here, "dist");
const forDebugging = process.argv.includes("--debug");

if (!existsSync(main)) {
  console.error("extension/src/main.ts is missing: there is no extension to build");
  process.exit(1);
}

/** @type {import("esbuild").BuildOptions} */
const common = {
  bundle: true,
  legalComments: "linked",
  logLevel: "warning",
  minify: !forDebugging,
  sourcemap: forDebugging,
};

rmSync(dist, { recursive: true, force: true });
await build({
  ...common,
  entryPoints: [main],
  outfile: join(dist, "main.js"),
  platform: "node",
  format: "cjs",
  target: "node20",
  external: ["vscode"],
});
if (existsSync(webviews)) {
  const pages = readdirSync(webviews).filter((name) => /\.(ts|css)$/.test(name));
  await build({
    ...common,
    entryPoints: pages.map((name) => join(webviews, name)),
    outdir: join(dist, "webviews"),
    platform: "browser",
    format: "iife",
    target: "es2022",
  });
}
