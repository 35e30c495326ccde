import numpy as np

x = np.asfarray([1, 2, 3])
w = 0.0
for step in range(3):
    w -= 0.1 * ((w * x - x) * x).mean()
    print("step", step, "w", w)
print("trained")
