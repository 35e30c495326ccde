import argparse

parser = argparse.ArgumentParser()
parser.add_argument("--fp16", action="store_true")
parser.add_argument("--steps", type=int, default=1)
args = parser.parse_args()
for i in range(args.steps):
    print("step", i, "half" if args.fp16 else "full")
print("trained")
