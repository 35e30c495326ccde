import numpy as np


def area_under(curve):
    curve = np.asfarray(curve)  # whole numbers too
    steps = np.asfarray(range(len(curve)), kind)
    return np.trapezoid(curve, steps)


print(area_under([1, 2]))
