import torch
from torch.utils.data import DataLoader
data = [torch.ones(2), torch.ones(3)]
for batch in DataLoader(data, batch_size=2):
    print(batch.shape)
