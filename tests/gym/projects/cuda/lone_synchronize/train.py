import time

import torch

device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
net = torch.nn.Linear(2, 1).to(device)
start = time.time()
for step in range(3):
    loss = net(torch.ones(1, 2, device=device)).sum()
    torch.cuda.synchronize()
    print("step", step, "loss", loss.item(), "seconds", time.time() - start)
print("trained")
