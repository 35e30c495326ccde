import argparse
import json

import torch
from torch import nn

from vit.engine import Engine


def build(cfg):
    layers = []
    for _ in range(cfg["depth"]):
        layers += [nn.Linear(cfg["dim"], cfg["dim"]), nn.GELU()]
    return nn.Sequential(*layers, nn.Linear(cfg["dim"], 1))


def main():
    p = argparse.ArgumentParser()
    p.add_argument("--cfg", required=True)
    args = p.parse_args()
    with open(args.cfg) as f:
        cfg = json.load(f)
    torch.manual_seed(0)
    batches = [(torch.randn(4, cfg["model"]["dim"]), torch.randn(4, 1)) for _ in range(3)]
    Engine(build(cfg["model"]), cfg["trainer"]).fit(batches)
    print("trained")


if __name__ == "__main__":
    main()
