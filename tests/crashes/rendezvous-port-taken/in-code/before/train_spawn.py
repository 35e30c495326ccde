import torch
import torch.distributed as dist
import torch.multiprocessing as mp


def work(rank, world):
    dist.init_process_group("gloo", init_method="tcp://127.0.0.1:29535", rank=rank, world_size=world)
    total = torch.ones(1) * rank
    dist.all_reduce(total)
    print(f"rank {rank} sum {total.item()} done")
    dist.destroy_process_group()


if __name__ == "__main__":
    mp.spawn(work, args=(2,), nprocs=2)
