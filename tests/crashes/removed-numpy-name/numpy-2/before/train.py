import numpy as np

best = np.Inf
