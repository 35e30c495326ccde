import torch
import torch.distributed as dist

dist.init_process_group("gloo")
total = torch.ones(1) * dist.get_rank()
dist.all_reduce(total)
print(f"rank {dist.get_rank()} sum {total.item()} done")
dist.destroy_process_group()
