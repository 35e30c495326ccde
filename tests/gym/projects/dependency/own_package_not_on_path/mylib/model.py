def loss(step):
    return 1 / (step + 1)
