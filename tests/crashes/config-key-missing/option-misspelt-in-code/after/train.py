import argparse

parser = argparse.ArgumentParser()
parser.add_argument("--log-every", type=int, default=2)
parser.add_argument("--steps", type=int, default=8)
args = parser.parse_args()

for step in range(args.steps):
    if step % args.log_every == 0:
        print("step", step)
