import torch
import yaml
from torch import nn

cfg = yaml.safe_load(open("configs/tiny.yaml"))
model = nn.Linear(2, 2)
optimizer = torch.optim.SGD(model.parameters(), lr=cfg["optimizer"]["lr"])


def restore(path):
    state = torch.load(path)
    model.load_state_dict(state["model"])
    optimizer.load_state_dict(state["optimzer"])


restore("last.pt")
