import json
import sys

cfg = json.load(open(sys.argv[1]))
w = 2.0
for epoch in range(cfg["epochs"]):
    w = w - cfg["lr"] * 2 * w
    print(f"epoch {epoch} loss {w ** 2:.4f}")
print("trained")
