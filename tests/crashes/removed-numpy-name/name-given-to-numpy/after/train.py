import numpy

xp = numpy  # or cupy
print(int(xp.prod((2, 3))))
