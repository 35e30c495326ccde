import argparse
import math
import tomllib

import numpy as np

ap = argparse.ArgumentParser()
ap.add_argument("--exp", required=True)
with open(ap.parse_args().exp, "rb") as fh:
    t = tomllib.load(fh)["train"]
w = np.ones(5)
for e in range(t["epochs"]):
    lr = t["lr"] * (0.5 * (1 + math.cos(math.pi * e / t["epochs"])) if t["scheduler"] == "cosine" else 1)
    w -= lr * w
    print("epoch", e, "lr", round(lr, 4), "loss", float(w @ w))
print("epochs done")
