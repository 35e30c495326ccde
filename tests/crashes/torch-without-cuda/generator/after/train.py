import torch

noise = torch.Generator(device="cuda" if torch.cuda.is_available() else "cpu").manual_seed(3)
print(torch.rand(2, generator=noise))
