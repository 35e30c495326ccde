import sys
import numpy

xp = numpy
if 'gpu' in sys.argv:
    import cupy
    xp = cupy
print(int(xp.product((2, 3))))
