import configparser
import numpy as np
cp = configparser.ConfigParser()
cp.read("train.ini")
t = cp["training"]
epochs = int(t["epochs"])
lr = t.getfloat("lr")
w = np.ones(3)
for e in range(epochs):
    w -= lr * w; print("epoch", e, "loss", (w ** 2).sum())
print("RESULT", epochs, lr, w.round(4))
