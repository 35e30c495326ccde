"""Trains a tiny classifier on the GPU."""

import torch
from torch import nn


def main():
    torch.manual_seed(0)
    features = torch.randn(64, 8)
    labels = (features.sum(dim=1) > 0).long()
    model = nn.Sequential(nn.Linear(8, 16), nn.ReLU(), nn.Linear(16, 2)).cuda()
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
    for step in range(20):
        batch, target = features.cuda(non_blocking=True), labels.to('cuda')
        loss = nn.functional.cross_entropy(model(batch), target)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    print(f"done loss {loss.item():.3f}")


if __name__ == "__main__":
    main()
