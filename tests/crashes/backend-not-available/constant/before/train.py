import torch
import torch.distributed as dist

BACKEND = "nccl"


def setup():
    dist.init_process_group(
        init_method="env://",
        backend=BACKEND,
    )


setup()
total = torch.ones(1)
dist.all_reduce(total)
print("world", total.item(), "done")
dist.destroy_process_group()
