import sys

import yaml


def build(cfg):
    o = cfg["optim"]
    return o["learning_rate"], o["momentum"]


with open(sys.argv[1]) as file:
    cfg = yaml.safe_load(file)
rate, momentum = build(cfg)
for epoch in range(cfg["train"]["epochs"]):
    print("epoch", epoch, "lr", rate * (1 - momentum))
print("trained")
