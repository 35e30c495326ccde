import argparse

import torch
from torch import nn

parser = argparse.ArgumentParser()
parser.add_argument("--device", default="cuda")
parser.add_argument("--epochs", type=int, default=2)
args = parser.parse_args()

device = torch.device(args.device)
model = nn.Linear(4, 1).to(device)
optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
for epoch in range(args.epochs):
    loss = model(torch.ones(8, 4, device=device)).pow(2).mean()
    loss.backward()
    optimizer.step()
print("done")
