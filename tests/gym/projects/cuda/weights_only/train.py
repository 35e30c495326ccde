import argparse
import torch

parser = argparse.ArgumentParser()
parser.add_argument("--resume")
opts = parser.parse_args()
ckpt = torch.load(opts.resume, map_location="cpu")
w = ckpt["w"]
for i in range(ckpt["args"].steps):
    w = w + ckpt["args"].lr
    print("step", i, w.sum().item())
print("trained")
