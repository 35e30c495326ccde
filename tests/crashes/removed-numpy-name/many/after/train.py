import numpy as np

# np.float was an alias of float
x = np.zeros(3, dtype=float)
best, label = np.inf, "np.float"
y = np.asarray([1, 2], dtype=float) + float(1)
