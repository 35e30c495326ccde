import os
import numpy as np
from omegaconf import OmegaConf
cfg = OmegaConf.load("cfg.yaml")
w = np.ones(3)
os.makedirs(os.path.dirname(cfg.ckpt.path), exist_ok=True)
for step in range(4):
    w *= 0.8
    print("[train] step", step)
np.savez(cfg.ckpt.path, w=w)
print("[train] complete")
