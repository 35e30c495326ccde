import torch

noise = torch.Generator(device="cuda").manual_seed(3)
for step in range(3):
    print("step", step, "loss", torch.rand(1, generator=noise, device=noise.device).item())
print("trained")
