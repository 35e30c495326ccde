import os

import hydra
import numpy as np


@hydra.main(version_base="1.3", config_path="conf", config_name="config")
def main(cfg):
    rng = np.random.default_rng(cfg.seed)
    w = rng.normal(size=3)
    os.makedirs(os.path.dirname(cfg.ckpt.path), exist_ok=True)
    for step in range(4):
        w *= 0.8
        print("[train] step", step, "loss", float(w @ w))
        if step % cfg.ckpt.every == 0:
            np.savez(cfg.ckpt.path, w=w)
    print("[train] complete")


main()
