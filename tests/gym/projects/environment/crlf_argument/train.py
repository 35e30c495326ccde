import argparse

parser = argparse.ArgumentParser()
parser.add_argument("--epochs", type=int, default=1)
parser.add_argument("--data")
args = parser.parse_args()

pairs = [tuple(map(float, line.split())) for line in open(args.data)]
w = 0.0
for epoch in range(args.epochs):
    for x, y in pairs:
        w -= 0.05 * (w * x - y) * x
    print("epoch", epoch, "w", round(w, 3))
print("trained")
