import numpy as np
from omegaconf import OmegaConf

cfg = OmegaConf.merge(OmegaConf.load("base.yaml"), OmegaConf.from_cli())
x = np.random.default_rng(0).normal(size=(cfg.data.n, cfg.data.dim))
w = np.ones(cfg.data.dim)
for e in range(3):
    w -= cfg.optim.lr * x.T @ (x @ w) / len(x)
    print("epoch", e, w)
print("done")
