import numpy

xp = numpy  # or cupy
print(int(xp.product((2, 3))))
