"""A loop whose device is named once."""
from batches import moved
from torch import nn, ones, zeros

DEVICE = "cuda"


def main():
    batch = [ones(4, 3), zeros(4).long()]
    images, labels = moved(batch, DEVICE)
    model = nn.Linear(3, 2).to(DEVICE)
    loss = nn.functional.cross_entropy(model(images), labels)
    loss.backward()
    print("done")


main()
