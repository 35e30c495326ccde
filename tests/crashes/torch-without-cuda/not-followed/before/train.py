import torch
import yaml
from torch import nn


def build(size, where):
    return nn.Linear(size, 2).to(device=where)

C = yaml.safe_load(open("cfg/default.yaml"))
dev = torch.device(C["train"]["device"]); dev = torch.device(pick())
net = build(C["model"], dev)
print("epoch 0", net(torch.randn(30, 3, device=dev)).sum())
