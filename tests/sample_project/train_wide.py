"""Train the wide network, whose output layer also sees the input, on the rings."""

import argparse

import numpy as np

from data import batches, rings
from model import WideNetwork


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--epochs", type=int, default=8)
    parser.add_argument("--batch-size", type=int, default=64)
    parser.add_argument("--learning-rate", type=float, default=0.05)
    parser.add_argument("--hidden", type=int, default=64)
    options = parser.parse_args()

    random = np.random.default_rng(0)
    features, labels = rings(points=120_000, noise=0.2, seed=0)
    network = WideNetwork(inputs=2, hidden=options.hidden, outputs=3)
    step = 0
    for epoch in range(1, options.epochs + 1):
        for x, y in batches(features, labels, options.batch_size, random):
            loss = network.step(x, y, options.learning_rate)
            step += 1
            if step % 200 == 0:
                print(f"epoch {epoch} step {step} loss {loss:.4f}")
    print("training finished")


if __name__ == "__main__":
    main()
