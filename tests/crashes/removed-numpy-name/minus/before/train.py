import numpy

best = numpy.NINF
