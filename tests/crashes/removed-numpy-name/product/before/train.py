import numpy as np

shape = (2, 3)
size = int(np.product(shape))
total = np.cumproduct(shape)[-1]
print(size, total)
