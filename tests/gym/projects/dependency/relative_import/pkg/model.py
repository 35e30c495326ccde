def loss(step): return 1 / (1 + step)
