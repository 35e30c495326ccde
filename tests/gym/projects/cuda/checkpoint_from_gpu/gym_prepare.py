import os
import torch
from torch import serialization

os.makedirs("weights", exist_ok=True)
serialization.location_tag = lambda storage: "cuda:0"
torch.save({"model": torch.nn.Linear(2, 1).state_dict(), "epoch": 3}, "weights/best.pt")
