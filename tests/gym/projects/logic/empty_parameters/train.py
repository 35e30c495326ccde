import torch
opt = torch.optim.Adam([])
