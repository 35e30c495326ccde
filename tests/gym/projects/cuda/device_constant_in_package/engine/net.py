import torch
from torch import nn

from engine.constants import DEVICE


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc = nn.Linear(2, 2)

    def forward(self, x):
        return self.fc(x)


def build():
    return Net().to(DEVICE)
