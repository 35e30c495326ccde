/** An environment with PyTorch for the processor alone, for scenarios with real ranks. */
import { join } from "node:path";
import { cache, inRoot } from "./paths.mjs";
import { requirePython } from "./python.mjs";
import { quietly } from "./run.mjs";
import { fingerprint, isCurrent, markCurrent } from "./stamp.mjs";

/** Only builds for the processor: the usual one brings gigabytes of CUDA. */
const torch = "torch==2.13.0+cpu";

/**
 * Made once and kept outside the checkout. PROPEL_TORCH_PYTHON names an interpreter that has
 * PyTorch already.
 *
 * @returns {Promise<string | undefined>} its interpreter; undefined where no registry has the build
 */
export async function torchPython() {
  const named = process.env["PROPEL_TORCH_PYTHON"];
  if (named !== undefined && named !== "") return named;
  const python = requirePython();
  const venv = join(cache, "torch_venv");
  const stamp = join(venv, ".propel-stamp");
  const program = join(venv, "bin", "python");
  const own = inRoot("extension", "dev", "torch.mjs");
  const wanted = fingerprint([own], [python.program, python.version]);
  if (isCurrent(stamp, wanted)) return program;
  console.log("Making an environment with PyTorch");
  const step = "Making an environment with PyTorch";
  await quietly(step, [python.program, "-m", "venv", "--clear", venv]);
  const pip = [program, "-m", "pip", "install", "--disable-pip-version-check"];
  try {
    await quietly(step, [...pip, "--only-binary=:all:", torch]);
  } catch {
    console.log(`No registry here has ${torch}: what needs it is left out.`);
    return undefined;
  }
  markCurrent(stamp, wanted);
  return program;
}
