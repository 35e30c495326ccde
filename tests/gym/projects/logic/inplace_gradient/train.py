import torch
w = torch.zeros(3, requires_grad=True)
h = w.exp()
h += 1
h.sum().backward()
w += 1
