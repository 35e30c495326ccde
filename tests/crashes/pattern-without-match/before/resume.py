import argparse
from engine import ckpt

p = argparse.ArgumentParser()
p.add_argument("--run", required=True)
a = p.parse_args()
print(f"resuming from {a.run}")
path = ckpt.latest(a.run)
