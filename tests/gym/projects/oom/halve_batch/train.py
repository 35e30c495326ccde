import argparse

import numpy as np

parser = argparse.ArgumentParser()
parser.add_argument("--batch-size", type=int, default=8)
parser.add_argument("--epochs", type=int, default=1)
args = parser.parse_args()
for epoch in range(args.epochs):
    batch = np.ones((args.batch_size, 6_000_000))
    print("epoch", epoch, "mean", float(batch[:, 0].mean()))
    del batch
print("trained")
