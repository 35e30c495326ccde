import torch
from torch.utils.data import DataLoader, DistributedSampler, TensorDataset

data = TensorDataset(torch.arange(8.0))
sampler = DistributedSampler(data)
for batch in DataLoader(data, sampler=sampler):
    print("step", batch)
print("trained")
