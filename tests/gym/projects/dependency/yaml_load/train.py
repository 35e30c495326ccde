import argparse

import yaml

parser = argparse.ArgumentParser()
parser.add_argument("--config", required=True)
args = parser.parse_args()
with open(args.config) as stream:
    config = yaml.load(stream)
w = 1.0
for step in range(config["steps"]):
    w -= config["lr"] * w
    print(f"step {step} loss {w:.3f}")
print("trained")
