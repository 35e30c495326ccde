import argparse

parser = argparse.ArgumentParser()
parser.add_argument("--epochs", type=int, default=1)
parser.add_argument("--lr", type=float, default=0.1)
args = parser.parse_args()
w = 0.0
for epoch in range(args.epochs):
    w -= args.lr * (w - 1)
    print("epoch", epoch, "w", w)
print("trained")
