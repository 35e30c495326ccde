def fit(n, lr):
    w = 1.0
    for i in range(n):
        w = w - lr * w
    print("trained")
