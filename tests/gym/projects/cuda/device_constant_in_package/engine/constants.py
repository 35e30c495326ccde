import torch

DEVICE = torch.device("cuda:0")
SEED = 0
