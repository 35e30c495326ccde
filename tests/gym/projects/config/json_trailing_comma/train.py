import json
import pathlib

here = pathlib.Path(__file__).parent
cfg = json.loads((here / "config.json").read_text(encoding="utf-8"))
for step in range(cfg["steps"]):
    print("step", step, sum(cfg["layers"]))
print("trained")
