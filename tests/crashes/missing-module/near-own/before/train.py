"""Fits a line."""

import math
from model.lin import fit
from model import conv

print("epoch 0", math.pi)
