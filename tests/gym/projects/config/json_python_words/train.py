import json
import random
from pathlib import Path

config = json.loads(Path("config.json").read_text())
data = list(range(8))
if config["shuffle"]:
    random.shuffle(data)
w = 0.0
for step in range(config["steps"]):
    w += 0.1 * (sum(data) / len(data) - w)
    w = w if config["clip"] is None else min(w, config["clip"])
    print("step", step, "w", w)
print("trained")
