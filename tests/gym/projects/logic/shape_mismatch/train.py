import torch
from torch import nn
net = nn.Sequential(nn.Linear(4, 8), nn.ReLU(), nn.Linear(10, 1))
for i in range(2):
    print("step", i, net(torch.ones(2, 4)).sum().item())
print("trained")
