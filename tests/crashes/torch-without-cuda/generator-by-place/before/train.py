import torch

noise = torch.Generator('cuda').manual_seed(3)
print(torch.rand(2, generator=noise))
