import datetime
import os

import torch
import torch.distributed as dist
import torch.multiprocessing as mp
import yaml


def worker(rank, cfg):
    os.environ.setdefault("MASTER_ADDR", "127.0.0.1")
    os.environ.setdefault("MASTER_PORT", "29688")
    dist.init_process_group("gloo", rank=rank, world_size=cfg["world_size"],
                            timeout=datetime.timedelta(seconds=cfg["timeout_s"]))
    t = torch.ones(1)
    dist.all_reduce(t)
    print("rank", rank, "sum", t.item())
    dist.destroy_process_group()


if __name__ == "__main__":
    cfg = yaml.safe_load(open("dist.yaml"))
    mp.spawn(worker, args=(cfg,), nprocs=cfg["nprocs"])
    print("finished")
