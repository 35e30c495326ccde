/** Two real gloo ranks, one of which never joins the all-reduce before a file is written to. */
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { execute } from "./training";

export const script = "train_ranks.py";

const source = `\
import os

import torch
import torch.distributed as dist


def read_shard(path):
    with open(path) as shard:
        return len(shard.read())


def main():
    dist.init_process_group("gloo")
    rank = dist.get_rank()
    gradient = torch.ones(4)
    for step in range(30):
        if step == 20 and rank == 1:
            read_shard("shard-7")
        dist.all_reduce(gradient)
        gradient /= dist.get_world_size()
        if rank == 0:
            print(f"step {step} loss {1 / (step + 1):.4f}", flush=True)
    # Without it gloo's threads may be torn down while they run: SIGABRT at the end of a good run.
    dist.destroy_process_group()


if __name__ == "__main__":
    main()
`;

/** Writes the script into `folder`, and a pipe in place of the shard: opening it blocks. */
export async function writeRanks(folder: string): Promise<void> {
  await writeFile(join(folder, script), source);
  await execute("mkfifo", [join(folder, "shard-7")]);
}

/** Line of the script that holds `text`, from 1. */
export function lineOf(text: string): number {
  return source.split("\n").findIndex((line) => line.includes(text)) + 1;
}

export function command(python: string): string {
  return `OMP_NUM_THREADS=1 ${python} -m torch.distributed.run --standalone --nproc-per-node 2 ${script}`;
}

/** Lets the rank that reads go on. */
export async function release(folder: string): Promise<void> {
  await writeFile(join(folder, "shard-7"), "1234\n");
}
