def split(x):
    return x
