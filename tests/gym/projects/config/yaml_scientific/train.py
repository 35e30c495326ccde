import argparse
import yaml


class SGD:
    def __init__(self, lr, momentum):
        if lr < 0.0:
            raise ValueError(f"Invalid learning rate: {lr}")
        self.lr, self.momentum, self.v = lr, momentum, 0.0

    def step(self, w, g):
        self.v = self.momentum * self.v + g
        return w - self.lr * self.v


parser = argparse.ArgumentParser()
parser.add_argument("-c", "--config")
with open(parser.parse_args().config) as stream:
    cfg = yaml.safe_load(stream)
opt = SGD(cfg["optimizer"]["lr"], cfg["optimizer"]["momentum"])
w = 1.0
for epoch in range(cfg["epochs"]):
    w = opt.step(w, 2 * w)
    print(f"epoch {epoch} loss {w * w:.4f}")
print("trained")
