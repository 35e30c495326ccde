import os

epochs = int(os.environ["NUM_EPOCHS"])
for epoch in range(epochs):
    print("epoch", epoch, "lr", float(os.environ.get("LR", "0.1")))
print("trained")
