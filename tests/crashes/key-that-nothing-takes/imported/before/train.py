import json

from nets.mlp import MLP

with open("conf/mlp.json") as f:
    cfg = json.load(f)
net = MLP(**cfg["model"])
