import argparse

parser = argparse.ArgumentParser()
parser.add_argument("--max_steps", type=int, default=10)
parser.add_argument("--lr", type=float, default=0.1)
args = parser.parse_args()
w = 0.0
for step in range(args.max_steps):
    w -= args.lr * (w - 1)
print("step", args.max_steps, "w", w)
print("trained")
