import numpy as np

import version

w = np.ones(4)
for i in range(5):
    w *= 0.5
    print("iter", i, "loss", float(w @ w))
print("done, numpy", version.of("numpy"))
