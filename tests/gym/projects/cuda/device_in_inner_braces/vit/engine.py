import torch
from torch import nn


class Engine:
    def __init__(self, model, cfg):
        self.cfg = cfg
        self.device = torch.device(cfg["device"])
        self.model = model.to(self.device)
        self.opt = torch.optim.AdamW(self.model.parameters(), lr=cfg["lr"])

    def fit(self, batches):
        for epoch in range(self.cfg["epochs"]):
            for x, y in batches:
                x = x.to(self.device, non_blocking=True)
                y = y.to(self.device, non_blocking=True)
                loss = nn.functional.mse_loss(self.model(x), y)
                self.opt.zero_grad()
                loss.backward()
                self.opt.step()
            print(f"epoch {epoch} loss {loss.item():.4f}")
