import torch as th
import torch.nn as nn


class Loader:
    def __init__(self, path):
        self.path = path

    def load(self):
        net = nn.Linear(2, 1)
        net.load_state_dict(th.load(self.path), strict=True)
        return net
