def moved(batch, where):
    return [tensor.to(where) for tensor in batch]
