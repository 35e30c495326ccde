import torch
from . import settings as s

model = torch.nn.Linear(2, 2).to(s.DEVICE)
