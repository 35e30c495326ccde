import argparse
p = argparse.ArgumentParser()
p.add_argument("--name")
args = p.parse_args()
x = 3 - args.name
