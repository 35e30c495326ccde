import numpy as np

# np.float was an alias of float
x = np.zeros(3, dtype=np.float)
best, label = np.inf, "np.float"
y = np.asarray([1, 2], dtype=np.float) + np.float(1)
