import torch
from torch import serialization

serialization.location_tag = lambda storage: "cuda:1"
torch.save(torch.nn.Linear(2, 1).state_dict(), "init.pth")
