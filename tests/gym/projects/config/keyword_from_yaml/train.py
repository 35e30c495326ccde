import sys

import numpy as np
import yaml

from trainer import Trainer

with open(sys.argv[1]) as f:
    cfg = yaml.safe_load(f)
rng = np.random.default_rng(cfg["seed"])
x = rng.normal(size=64)
w = np.zeros(())


def step():
    global w
    err = w * x - 2 * x
    w = w - cfg["optimizer"]["lr"] * (err * x).mean()
    return float((err ** 2).mean())


trainer = Trainer(**cfg["trainer"])
trainer.fit(step)
print("trained")
