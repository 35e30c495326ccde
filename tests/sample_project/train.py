"""Train the two-layer network on the rings."""

import argparse
import csv
import os
import time

import numpy as np

from data import batches, rings
from model import Network


def parse_options():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--config", help="YAML file with settings; options here win")
    parser.add_argument("--epochs", type=int, default=8)
    parser.add_argument("--batch-size", type=int, default=64)
    parser.add_argument("--learning-rate", type=float, default=0.1)
    parser.add_argument("--hidden", type=int, default=128)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--output", default="outputs", help="folder for the metrics")
    options = parser.parse_args()
    if options.config:
        parser.set_defaults(**read_config(options.config))
        options = parser.parse_args()
    return options


def read_config(path):
    # Only needed with --config.
    import yaml

    with open(path) as file:
        return yaml.safe_load(file)


def save_metrics(folder, rows):
    path = os.path.join(folder, "metrics.csv")
    with open(path, "w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["epoch", "loss", "accuracy"])
        writer.writerows(rows)


def main():
    options = parse_options()
    random = np.random.default_rng(options.seed)
    features, labels = rings(points=120_000, noise=0.2, seed=options.seed)
    test_features, test_labels = rings(points=2_000, noise=0.2, seed=options.seed + 1)
    network = Network(inputs=2, hidden=options.hidden, outputs=3, seed=options.seed)
    metrics = []
    step = 0
    for epoch in range(1, options.epochs + 1):
        started = time.perf_counter()
        for x, y in batches(features, labels, options.batch_size, random):
            loss = network.step(x, y, options.learning_rate)
            step += 1
            if step % 200 == 0:
                print(f"epoch {epoch} step {step} loss {loss:.4f}")
        accuracy = (network.forward(test_features).argmax(axis=1) == test_labels).mean()
        seconds = time.perf_counter() - started
        print(f"epoch {epoch} accuracy {accuracy:.3f} ({seconds:.1f} s)")
        metrics.append([epoch, round(float(loss), 4), round(float(accuracy), 4)])
        save_metrics(options.output, metrics)
    print("training finished")


if __name__ == "__main__":
    main()
