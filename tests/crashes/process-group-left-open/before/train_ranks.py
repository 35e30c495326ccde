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


if __name__ == "__main__":
    main()
