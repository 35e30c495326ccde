import numpy

best = -numpy.inf
