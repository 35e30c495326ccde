import argparse

import torch

parser = argparse.ArgumentParser()
parser.add_argument("--no-cuda", action="store_true", help="train on the CPU")
args = parser.parse_args()
name = "cpu" if args.no_cuda else "cuda"
weights = torch.zeros(3, device=name, requires_grad=True)
weights.sum().backward()
print("done")
