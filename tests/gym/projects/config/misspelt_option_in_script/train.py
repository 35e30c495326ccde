import argparse


def parse():
    p = argparse.ArgumentParser()
    p.add_argument("--seed", type=int, default=0)
    p.add_argument("--num-epochs", type=int, default=1)
    p.add_argument("--out", default="out")
    return p.parse_args()


args = parse()
for e in range(args.num_epochs):
    print("epoch", e, "seed", args.seed)
print("trained")
