import numpy as np

from criteria import mse

w = np.zeros(3)
for i in range(3):
    w += 0.3 * (1 - w)
    print(i, "loss", mse(w, 1))
print("done")
