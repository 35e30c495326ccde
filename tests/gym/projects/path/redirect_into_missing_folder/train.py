for step in range(3):
    print("step", step, "loss", 1 / (step + 1))
print("trained")
