def step(w):
    return w + 0.5 * (1 - w)
