"""Fits a line."""

import math
from model.lin import fit

print("epoch 0", math.pi)
