def step(w, g):
    return w - learning_rate * g
print("loss", step(1.0, 0.5))
