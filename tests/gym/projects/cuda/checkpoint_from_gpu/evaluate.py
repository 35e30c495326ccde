import argparse

import torch
from torch import nn

parser = argparse.ArgumentParser()
parser.add_argument("--ckpt", required=True)
args = parser.parse_args()

model = nn.Linear(2, 1)
checkpoint = torch.load(
    args.ckpt,
    weights_only=True,  # nothing but tensors
)
model.load_state_dict(checkpoint["model"])
for epoch in range(checkpoint["epoch"], 5):
    print("epoch", epoch, model(torch.ones(1, 2)).item())
print("trained")
