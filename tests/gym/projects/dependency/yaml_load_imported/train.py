from pathlib import Path

from yaml import dump, load

config = load(Path("config.yaml").read_text())  # the defaults
w = 0.0
for step in range(config["steps"]):
    w -= config["lr"] * (w - 1)
    print("step", step, "loss", (w - 1) ** 2)
print(dump({"w": w}))
print("trained")
