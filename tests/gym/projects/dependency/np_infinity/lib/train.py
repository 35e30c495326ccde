from lib.track import Best

best = Best()
for step in range(3):
    best.update(1 / (step + 1))
    print("step", step, "best", best.value)
print("trained")
