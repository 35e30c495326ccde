import numpy as np


def area_under(curve):
    curve = np.asarray(curve, dtype=float)  # whole numbers too
    steps = np.asarray(range(len(curve)), dtype=float)
    return np.trapezoid(curve, steps)


print(area_under([1, 2]))
