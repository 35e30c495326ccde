/** A real Slurm of two nodes on this machine. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline/promises";
import { inRoot, venvProgram } from "../../extension/dev/paths.mjs";

export interface Cluster {
  /** Its `SLURM_CONF`; undefined where Slurm is not installed. */
  readonly conf: string | undefined;
  readonly stop: () => Promise<void>;
}

export async function startCluster(): Promise<Cluster> {
  const child = spawn(venvProgram("python"), ["-m", "tests.helper.slurm.cluster"], {
    cwd: inRoot(),
    env: { ...process.env, PYTHONPATH: inRoot("python_helper") },
    stdio: ["pipe", "pipe", "inherit"],
  });
  const ended = once(child, "exit");
  const [line] = (await Promise.race([once(createInterface(child.stdout), "line"), ended])) as [
    unknown,
  ];
  if (typeof line !== "string") throw new Error("The cluster did not start");
  return {
    conf: line === "" ? undefined : line,
    stop: async () => {
      child.stdin.end();
      await ended;
    },
  };
}
