import numpy as np

np.set_string_function(repr)
print(np.ones(3))
