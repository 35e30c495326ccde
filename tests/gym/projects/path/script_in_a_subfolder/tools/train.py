import argparse, json

parser = argparse.ArgumentParser()
parser.add_argument("--epochs", type=int, default=1)
args = parser.parse_args()
with open("data/points.json", "r") as fp:
    points = json.load(fp)
w = 0
for epoch in range(args.epochs):
    for x, y in points:
        w += 0.1 * (y - w * x) * x
    print("epoch", epoch, "w", w)
print("trained")
