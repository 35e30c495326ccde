import argparse

import torch

parser = argparse.ArgumentParser()
parser.add_argument("--cuda", action="store_true")
args = parser.parse_args()
device = "cuda" if args.cuda else "cpu"
weights = torch.zeros(3, device=device, requires_grad=True)
weights.sum().backward()
print("done")
