"""Fits a line."""

import math
from datasets.utils import split

print("epoch 0", math.pi)
