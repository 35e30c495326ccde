import argparse
from dataclasses import dataclass

import yaml


@dataclass
class TrainConfig:
    learning_rate: float = 0.1
    batch_size: int = 8
    steps: int = 2


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--config", type=str)
    args = parser.parse_args()
    with open(args.config, encoding="utf-8") as f:
        cfg = TrainConfig(**yaml.safe_load(f))
    w = 1.0
    for step in range(cfg.steps):
        w -= cfg.learning_rate * w
        print({"step": step, "loss": round(w, 4)})
    print("trained")


main()
