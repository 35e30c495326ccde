import numpy as np

cache = np.ones((60_000, 96_000), dtype=np.float64)
print(cache.sum())
