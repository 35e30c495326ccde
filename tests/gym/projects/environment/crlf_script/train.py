import argparse

parser = argparse.ArgumentParser()
parser.add_argument("--steps", type=int)
parser.add_argument("--seed", type=int)
args = parser.parse_args()
for i in range(args.steps):
    print("seed", args.seed, "step", i)
print("trained")
