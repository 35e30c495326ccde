import argparse

import torch
from torch import nn

parser = argparse.ArgumentParser()
parser.add_argument("--gpu", type=int, default=0, help="-1 for the CPU")
args = parser.parse_args()
if args.gpu >= 0:
    device = f"cuda:{args.gpu}"
else:
    device = "cpu"
net = nn.Linear(16, 4).to(device)
