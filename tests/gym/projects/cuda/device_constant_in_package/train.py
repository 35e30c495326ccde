from engine.constants import DEVICE, SEED
from engine.net import build
import torch

torch.manual_seed(SEED)
net = build()
for i in range(2):
    print("step", i, net(torch.ones(1, 2, device=DEVICE)).sum().item())
print("trained")
