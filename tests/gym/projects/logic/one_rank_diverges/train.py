import torch
import torch.distributed as dist
dist.init_process_group("gloo")
shape = 2 if dist.get_rank() == 0 else 3
out = torch.ones(1, shape) @ torch.ones(2, 1)
dist.all_reduce(out)
print("trained")
