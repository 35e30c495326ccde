import numpy as np

features = np.zeros((8, 3))
weights = np.zeros((4, 2))
print(features @ weights)
