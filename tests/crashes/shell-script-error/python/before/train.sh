#!/usr/bin/env python
import numpy as np
w = np.ones(2)
for e in range(2):
    w *= .5; print("epoch", e, "loss", w.sum())
print("RESULT", w)
