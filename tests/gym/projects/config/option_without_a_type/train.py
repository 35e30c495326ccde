import argparse
p = argparse.ArgumentParser()
p.add_argument("--epochs", default=10)  # passes
p.add_argument("--lr", default=0.1, help="rate")
args = p.parse_args()
for e in range(args.epochs):
    print("epoch", e)
x = 1.0
x -= args.lr * x
print("trained")
