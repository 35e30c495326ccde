import argparse
import torch
import yaml

ap = argparse.ArgumentParser()
ap.add_argument("--config")
cfg = yaml.safe_load(open(ap.parse_args().config))
device = torch.device(cfg["device"] if torch.cuda.is_available() or cfg["device"] != "cuda" else "cpu")
x = torch.zeros(2, device=device)
for i in range(cfg["steps"]):
    x += 1
    print("step", i, x.sum().item())
print("trained")
