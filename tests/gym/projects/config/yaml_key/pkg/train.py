import argparse

from .config import load


def train(config):
    lr = config["optim"]["learning_rate"]
    w = 1.0
    for epoch in range(config["epochs"]):
        w -= lr * w
        print("epoch", epoch, "loss", w)


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--cfg", default="pkg/settings.yaml")
    train(load(parser.parse_args().cfg))
    print("trained")
