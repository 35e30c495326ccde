import numpy as np

from utils.registry import build


def make_data(n, seed=0):
    rng = np.random.default_rng(seed)
    x = rng.normal(size=n)
    return x, 3 * x


x, y = build(make_data, {"n": 32, "seed": 1, "lr": 0.1})
w = 0.0
for step in range(10):
    err = w * x - y
    w -= 0.1 * (err * x).mean()
    print(f"iter {step}: loss {(err ** 2).mean():.3f}")
print("trained")
