import numpy as np

shape = (2, 3)
size = int(np.prod(shape))
total = np.cumprod(shape)[-1]
print(size, total)
