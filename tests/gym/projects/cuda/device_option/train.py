import argparse
import torch
p = argparse.ArgumentParser()
p.add_argument("--device", default="cpu")
p.add_argument("--steps", type=int, default=1)
a = p.parse_args()
w = torch.zeros(2, device=a.device)
for i in range(a.steps):
    w += 1
    print("step", i, w.sum().item())
print("trained")
