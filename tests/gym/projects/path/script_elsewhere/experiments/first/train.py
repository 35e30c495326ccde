w = 1.0
for i in range(3):
    w *= 0.5
    print("step", i, "loss", w)
print("trained")
