import argparse

p = argparse.ArgumentParser()
p.add_argument("--data")
p.add_argument("--epochs", type=int)
args = p.parse_args()
rows = open(args.data).read().split()
