import sys

path, rounds = sys.argv[1], int(sys.argv[2])
values = [float(v) for v in open(path).read().split()]
mean = 0.0
for i in range(rounds):
    mean += 0.5 * (sum(values) / len(values) - mean)
    print("round", i, "mean", mean)
print("trained")
