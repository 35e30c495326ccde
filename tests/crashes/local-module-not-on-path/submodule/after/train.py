from mypkg.layers import f
for e in range(2): print("epoch", e, "loss", f(e))
print("RESULT", f(3))
