import torch
class TinyNet(torch.nn.Module):
    def __init__(self, n):
        super().__init__(); self.f = torch.nn.Linear(n, 1)
    def forward(self, x): return self.f(x)
