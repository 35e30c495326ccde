import numpy as np
import yaml

with open("config.yaml") as file:
    cfg = yaml.safe_load(file)
rng = np.random.default_rng(0)
w = 0.0
for step in range(cfg["train"]["steps"]):
    x = rng.normal(size=cfg["train"]["bacth_size"])
    w -= 0.1 * ((w * x - x) * x).mean()
    print("step", step, "w", w)
print("trained")
