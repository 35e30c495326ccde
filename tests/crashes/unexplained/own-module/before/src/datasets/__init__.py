def make(split):
    return split
