"""Fits a line."""

import math
from models.lin import fit
from models import conv

print("epoch 0", math.pi)
