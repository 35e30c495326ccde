import hydra
import torch
from omegaconf import DictConfig


@hydra.main(version_base=None, config_path="conf", config_name="config")
def main(cfg: DictConfig):
    net = torch.nn.Linear(2, 1).to(cfg.device)
    for i in range(cfg.steps):
        print("step", i, net(torch.ones(1, 2).to(cfg.device)).shape)
    print("trained")


if __name__ == "__main__":
    main()
