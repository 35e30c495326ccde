import numpy as np

best = np.inf
