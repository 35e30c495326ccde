/**
 * The environment with PyTorch: for scenarios with real ranks, and for the gym's projects, which
 * read its interpreter from `node extension/dev/torch.mjs`.
 */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { cache, inRoot } from "./paths.mjs";
import { requirePython } from "./python.mjs";
import { quietly } from "./run.mjs";
import { fingerprint, isCurrent, markCurrent } from "./stamp.mjs";

const torch = "torch==2.13.0";
/** Tried first: the usual build brings gigabytes of CUDA. */
const processorOnly = `${torch}+cpu`;
/** What the gym's projects import besides, as `tests/gym/training.py` has it without PyTorch. */
const others = ["numpy", "PyYAML", "hydra-core"];

/**
 * Made once and kept outside the checkout. PROPEL_TORCH_PYTHON names an interpreter that has
 * PyTorch already.
 *
 * @param {readonly string[]} [builds] of PyTorch, the first that a registry has is taken
 * @returns {Promise<string | undefined>} its interpreter; undefined where no registry has a build
 */
export async function torchPython(builds = [processorOnly]) {
  const named = process.env["PROPEL_TORCH_PYTHON"];
  if (named !== undefined && named !== "") return named;
  const python = requirePython();
  const venv = join(cache, "torch_training_venv");
  const stamp = join(venv, ".propel-stamp");
  const program = join(venv, "bin", "python");
  const own = inRoot("extension", "dev", "torch.mjs");
  const wanted = fingerprint([own], [python.program, python.version]);
  if (isCurrent(stamp, wanted) && existsSync(program)) return program;
  const step = "Making an environment with PyTorch";
  console.error(step);
  for (const build of builds) {
    await quietly(step, [python.program, "-m", "venv", "--clear", venv]);
    const pip = [program, "-m", "pip", "install", "--disable-pip-version-check"];
    try {
      await quietly(step, [...pip, "--only-binary=torch", build, ...others]);
    } catch {
      console.error(`No registry here has ${build} with ${others.join(", ")}.`);
      continue;
    }
    markCurrent(stamp, wanted);
    return program;
  }
  return undefined;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const program = await torchPython([processorOnly, torch]);
  if (program === undefined) process.exitCode = 1;
  else console.log(program);
}
