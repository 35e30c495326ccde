import argparse

import torch
from torch import nn

parser = argparse.ArgumentParser()
parser.add_argument("--gpu", type=int, default=0, help="GPU id, -1 for CPU")
parser.add_argument("--epochs", type=int, default=5)
args = parser.parse_args()

if args.gpu >= 0:
    device = f"cuda:{args.gpu}"
else:
    device = "cpu"

net = nn.Sequential(nn.Linear(16, 32), nn.ReLU(), nn.Linear(32, 4)).to(device)
optim = torch.optim.SGD(net.parameters(), lr=0.1)
loss_fn = nn.CrossEntropyLoss()
for epoch in range(args.epochs):
    x = torch.randn(8, 16, device=device)
    y = torch.randint(0, 4, (8,), device=device)
    loss = loss_fn(net(x), y)
    optim.zero_grad()
    loss.backward()
    optim.step()
    print("epoch", epoch, "loss", round(loss.item(), 4))
print("trained")
