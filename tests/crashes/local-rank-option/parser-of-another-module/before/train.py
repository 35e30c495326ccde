import torch
from cli import parse

args = parse()
model = torch.nn.Linear(2, 2).to('cpu')
