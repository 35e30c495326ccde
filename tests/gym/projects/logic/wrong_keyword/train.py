def loss_fn(pred, target, reduction="mean"):
    return abs(pred - target)
print("loss", loss_fn(1.0, 2.0, reduce="sum"))
