from dataclasses import dataclass

from torch import nn


@dataclass
class Config:
    hidden: int = 8


class Net(nn.Module):
    def __init__(self, cfg):
        super().__init__()
        self.inner = nn.Linear(8, cfg.hiden)


net = Net(Config())
