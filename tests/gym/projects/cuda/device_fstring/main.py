import os
import torch

local_rank = int(os.getenv("LOCAL_RANK", 0))
device = f"cuda:{local_rank}"
w = torch.zeros(2).to(device, non_blocking=True)
for i in range(2):
    w += torch.ones(2, device=device)
    print("step", i, w.sum().item())
print("trained")
