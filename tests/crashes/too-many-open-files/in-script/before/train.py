from reader import Shards

s = Shards("shards")
m = 0.0
for e in range(2):
    for v in s:
        m += 0.1 * (v - m)
    print("epoch", e, "mean", m)
