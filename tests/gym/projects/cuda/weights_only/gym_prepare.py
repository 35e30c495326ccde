import argparse
import torch

args = argparse.Namespace(lr=0.1, steps=2)
torch.save({"args": args, "w": torch.zeros(2)}, "last.ckpt")
