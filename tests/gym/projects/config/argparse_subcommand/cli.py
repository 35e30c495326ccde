import argparse

parser = argparse.ArgumentParser(prog="tool")
sub = parser.add_subparsers(dest="what", required=True)
train = sub.add_parser("train", help="fit it")
train.add_argument("--steps", type=int)
evaluate = sub.add_parser("evaluate")
args = parser.parse_args()
for i in range(args.steps):
    print("step", i)
print("trained")
