import argparse

import yaml

p = argparse.ArgumentParser()
p.add_argument("--cfg")
cfg = yaml.safe_load(open(p.parse_args().cfg))
w = 0.0
for epoch in range(cfg["epochs"]):
    w += cfg["lr"] * (1 - w)
    print("epoch", epoch, "w", w)
print("trained")
