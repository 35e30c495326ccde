import json
import sys

import torch

with open(sys.argv[1]) as file:
    config = json.load(file)
weights = torch.zeros(4, 2, device=config["device"], requires_grad=True)
for step in range(config["steps"]):
    loss = (weights - 1).pow(2).sum()
    loss.backward()
print("done")
