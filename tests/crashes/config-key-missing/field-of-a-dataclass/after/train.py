from dataclasses import dataclass


@dataclass(frozen=True)
class TrainConfig:
    steps: int = 16
    checkpoint_every: int = 8
    lr: float = 0.01


def main():
    cfg = TrainConfig()
    w = 1.0
    for step in range(cfg.steps):
        w -= cfg.lr * w
        if step % cfg.checkpoint_every == 0:
            print("saved", w)


main()
