import numpy as np
from feat.gram import gram

x = np.random.randn(60000, 8)
k = gram(x)
print(k.trace())
