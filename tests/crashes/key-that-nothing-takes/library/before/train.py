import torch
import yaml

with open("run.yaml") as f:
    cfg = yaml.safe_load(f)
net = torch.nn.Linear(2, 2)
optimizer = torch.optim.AdamW(net.parameters(), **cfg["optim"])
