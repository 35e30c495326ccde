import hydra
from omegaconf import DictConfig


@hydra.main(version_base=None, config_path="conf", config_name="confg")
def main(cfg: DictConfig) -> None:
    w = 1.0
    for step in range(cfg.steps):
        w -= cfg.lr * w
        print("step", step, "loss", w)
    print("trained")


if __name__ == "__main__":
    main()
