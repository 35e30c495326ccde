import hydra
from omegaconf import DictConfig


def fit(cfg: DictConfig) -> None:
    w = 1.0
    for step in range(cfg.steps):
        w -= cfg.optimizer.lr * (w + cfg.optimizer.weight_decay * w)
        print(f"step {step} loss {w}")


@hydra.main(version_base=None, config_path="conf", config_name="config")
def main(cfg: DictConfig) -> None:
    fit(cfg)
    print("trained")


if __name__ == "__main__":
    main()
