import argparse

import yaml

parser = argparse.ArgumentParser()
parser.add_argument("--config")
with open(parser.parse_args().config) as file:
    config = yaml.safe_load(file)
w = 0.0
for step in range(config["steps"]):
    w -= 0.1 * (w - 1)
    print("step", step, "w", w)
print("trained")
