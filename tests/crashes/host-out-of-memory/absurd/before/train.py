import torch

images = torch.rand(3, 300_000, 600_000, 400)
