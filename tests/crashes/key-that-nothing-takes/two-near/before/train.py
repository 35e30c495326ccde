import sys
import yaml
from settings import Settings

s = Settings(**yaml.safe_load(open(sys.argv[1])))
w = 1.0
for i in range(s.steps):
    lr = s.lr * min(1, (i + 1) / max(1, s.warmup_steps))
    w -= lr * w
    print("step", i, "loss", w * w)
print("done")
