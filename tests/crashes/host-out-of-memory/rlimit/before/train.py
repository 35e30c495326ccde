import resource

from precompute import gram

resource.setrlimit(resource.RLIMIT_AS, (6 << 30, 6 << 30))
k = gram(63_245, 32)
