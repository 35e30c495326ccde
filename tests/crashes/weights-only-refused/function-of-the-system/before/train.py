import torch

state = torch.load("got.pt", map_location="cpu")
