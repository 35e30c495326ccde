import torch
from model import Tiny

device = "cuda" if torch.cuda.is_available() else "cpu"
model = Tiny().to(device)
optimizer = torch.optim.AdamW(model.parameters())
for step in range(3):
    idx = torch.randint(0, 16, (4, 8), device=device)
    loss = model(idx).pow(2).mean()
    loss.backward()
    optimizer.step()
    print(f"step {step} loss {loss.item():.4f}")
