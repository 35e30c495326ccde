import numpy


class Best:
    value = numpy.Inf

    def update(self, x): self.value = min(self.value, x)
