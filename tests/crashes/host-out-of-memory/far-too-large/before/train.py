import argparse
import numpy as np
p = argparse.ArgumentParser()
p.add_argument("--batch", type=int)
a = p.parse_args()
x = np.zeros((a.batch, 4096))
print(x.sum())
