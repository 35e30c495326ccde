import os

import torch
import torch.distributed as dist
from torch.utils.data import DataLoader, DistributedSampler, TensorDataset

if "WORLD_SIZE" in os.environ:
    dist.init_process_group("gloo")
data = TensorDataset(torch.arange(16.0))
sampler = DistributedSampler(data)
seen = sum(len(batch[0]) for batch in DataLoader(data, batch_size=4, sampler=sampler))
print("saw", seen, "done")
