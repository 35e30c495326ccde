from .paths import TRAIN


def read(split):
    with open(TRAIN / f"{split}.txt") as lines:
        return lines.read()
