#!/usr/bin/env python3
import argparse

ap = argparse.ArgumentParser()
ap.add_argument("--steps", type=int, default=2)
args = ap.parse_args()
w = 0.0
for step in range(args.steps):
    w += 0.5 * (1 - w)
    print("step", step, "loss", (1 - w) ** 2)
print("trained")
