import torch
import torch.distributed as dist

dist.init_process_group("gloo")
loss = torch.ones(1)
if dist.get_rank() == 0:
    dist.all_reduce(loss)
else:
    dist.all_gather([torch.zeros(1), torch.zeros(1)], loss)
