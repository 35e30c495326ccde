import argparse

from mylib.model import loss

parser = argparse.ArgumentParser()
parser.add_argument("--steps", type=int, default=1)
for step in range(parser.parse_args().steps):
    print("step", step, "loss", loss(step))
print("trained")
