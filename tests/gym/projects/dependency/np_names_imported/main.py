from lib import ops

best = ops.BEST
for step in range(2):
    best = max(best, ops.volume((2, 3)))
    print("step", step, best)
print("trained")
