import json

import torch

with open("settings.json") as f:
    S = json.load(f)
net = torch.nn.Linear(6, 2)
state = torch.load(S["init_from"])
net.load_state_dict(state)
print("epoch 0", S["lr"])
