/** A training script that takes as long as a test needs to watch it. */

/** The sample's network, a step every 0.05 seconds; reports in a line what most loops report. */
export const slowTraining = `"""Train the network for a while."""

import argparse
import math
import time

import numpy as np

from data import batches, rings
from model import Network, cross_entropy

parser = argparse.ArgumentParser()
parser.add_argument("--steps", type=int, default=800)
parser.add_argument("--peak", type=float, default=0.2)
options = parser.parse_args()

random = np.random.default_rng(0)
features, labels = rings(points=120_000, noise=0.2, seed=0)
test_features, test_labels = rings(points=2_000, noise=0.2, seed=1)
network = Network(inputs=2, hidden=64, outputs=3)
step, began = 0, time.perf_counter()
while step < options.steps:
    for x, y in batches(features, labels, 64, random):
        lr = options.peak * (1 + math.cos(math.pi * step / options.steps)) / 2
        loss = network.step(x, y, lr)
        step += 1
        rate = step / (time.perf_counter() - began)
        print(f"step {step}/{options.steps} loss {loss:.4f} lr {lr:.2e} {rate:.2f} it/s")
        if step % 50 == 0:
            predicted = network.forward(test_features)
            accuracy = (predicted.argmax(axis=1) == test_labels).mean()
            val_loss = cross_entropy(predicted, test_labels)
            print(f"step {step}/{options.steps} val_loss {val_loss:.4f} val_accuracy {accuracy:.4f}")
        if step >= options.steps:
            break
        time.sleep(0.05)
print("\\x1b[32mtraining \\x1b[1mfinished\\x1b[0m")
`;
