import torch
w = torch.zeros(3)
loss = (w - 1).pow(2).sum()
loss.backward()
