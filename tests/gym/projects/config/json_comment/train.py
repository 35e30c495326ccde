import argparse
import json

ap = argparse.ArgumentParser()
ap.add_argument("--config")
cfg = json.load(open(ap.parse_args().config))
w = 0.0
for step in range(cfg["steps"]):
    w -= cfg["lr"] * (w - 1)
    print("step", step, "loss", (w - 1) ** 2)
print("trained")
