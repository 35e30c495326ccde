"""Fits a line."""

import math
from registry import fit

print("epoch 0", math.pi)
