import sys

import yaml

with open(sys.argv[1]) as f:
    cfg = yaml.safe_load(f)
for step in range(cfg["steps"]):
    print(step, cfg["model"]["width"] * cfg["model"]["depth"])
print("trained")
