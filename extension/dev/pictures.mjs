/** `npm run pictures`: the README's pictures, taken anew in the newest VS Code. */
import { mkdirSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { inRoot, nodeProgram } from "./paths.mjs";
import { makePackage } from "./package.mjs";
import { prepare } from "./prepare.mjs";
import { asScript, loudly } from "./run.mjs";
import { ensureSystem } from "./system.mjs";
import { install, newest } from "./vscode.mjs";

/** Bytes; a README with larger pictures loads slowly, and the package carries them. */
const largest = 150_000;

await asScript(import.meta.url, async () => {
  ensureSystem(["python", "sessions", "editor", "browser"]);
  await prepare();
  await install(newest);
  await makePackage();
  const folder = inRoot("extension", "media", "pictures");
  mkdirSync(folder, { recursive: true });
  const config = ["--config", inRoot("extension", "vitest.pictures.config.ts")];
  const env = { ...process.env, PROPEL_E2E_EDITOR: newest };
  if (!loudly([nodeProgram("vitest"), "run", ...config], { env })) {
    throw new Error("Not all pictures could be taken");
  }
  for (const name of readdirSync(folder)) {
    const { size } = statSync(join(folder, name));
    console.log(`${name}: ${Math.round(size / 1000)} kB${size > largest ? ", too large" : ""}`);
  }
});
