import argparse
import numpy as np

parser = argparse.ArgumentParser()
parser.add_argument('--steps', type=int)
steps = parser.parse_args().steps
w = np.zeros(4, dtype=np.float)
mask = np.ones(4, dtype=np.bool)
for i in range(steps):
    w[mask] += 1
    print('step', i, w.sum())
print('trained')
