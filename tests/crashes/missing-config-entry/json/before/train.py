import json

with open("c.json") as file:
    c = json.load(file)
epochs = c["num_epochs"]

rate = c["learning_rate"]; w = 1.0
for epoch in range(epochs):
    w -= rate * w
    print("epoch", epoch, "loss", w)
