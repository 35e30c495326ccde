import argparse
import torch
p = argparse.ArgumentParser()
p.add_argument("--batch_size", type=int)
n = p.parse_args().batch_size
x = torch.ones(n, 50_000_000)
print("step", 1, x[0].sum().item())
print("trained")
