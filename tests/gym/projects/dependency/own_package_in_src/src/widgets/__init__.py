def loss(step):
    return 2.0 ** -step
