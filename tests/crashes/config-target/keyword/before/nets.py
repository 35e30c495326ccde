from torch import nn

class MLP(nn.Module):
    def __init__(self, width: int, depth: int = 2):
        super().__init__()
        self.l = nn.ModuleList(nn.Linear(width, width) for _ in range(depth))
