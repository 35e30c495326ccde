import os
import torch

device = os.getenv('TOY_DEVICE') or ('cuda' if torch.cuda.is_available() else 'cpu')
model = torch.nn.Linear(2, 2).to(device)
