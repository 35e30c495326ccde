"""Fits a line."""

import math
import model.lin

print("epoch 0", math.pi)
