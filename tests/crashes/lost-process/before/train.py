import os

import torch
import torch.distributed as dist

dist.init_process_group("gloo")
loss = torch.ones(1)
for step in range(3):
    if dist.get_rank() == 1 and step == 1:
        os._exit(0)
    dist.all_reduce(loss)
