"""Fits a line."""

import math
from modell.lin import fit

print("epoch 0", math.pi)
