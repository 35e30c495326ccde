import argparse

import torch
from torch.utils.data import DataLoader, DistributedSampler, TensorDataset

parser = argparse.ArgumentParser()
parser.add_argument("--rank", type=int, default=0)
parser.add_argument("--world-size", type=int, default=1)
args = parser.parse_args()
data = TensorDataset(torch.arange(16.0))
sampler = DistributedSampler(data, num_replicas=args.world_size, rank=args.rank)
print("saw", sum(len(batch[0]) for batch in DataLoader(data, sampler=sampler)), "done")
