import argparse
import random

parser = argparse.ArgumentParser()
parser.add_argument("--seed", type=int, default=0)
random.seed(parser.parse_args().seed)
w = random.random()
for step in range(3):
    w -= 0.5 * (w - 1)
    print("step", step, "loss", (w - 1) ** 2)
print("trained")
