import torch
from torch import load, nn

model = nn.Linear(4, 2)
best = load("best.pt", weights_only=False)["accuracy"]
print("best so far", best)
