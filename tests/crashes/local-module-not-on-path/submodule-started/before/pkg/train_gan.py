for e in range(2): print("epoch", e, "loss", 1 / (e + 1))
print("RESULT gan")
