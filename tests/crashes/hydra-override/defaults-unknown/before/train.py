import hydra
import torch
from omegaconf import DictConfig


@hydra.main(version_base=None, config_path="conf", config_name="config")
def main(cfg: DictConfig) -> None:
    torch.manual_seed(cfg.seed)
    net = torch.nn.Linear(4, cfg.model.out)
    opt = torch.optim.SGD(net.parameters(), lr=cfg.optim.lr)
    x = torch.randn(16, 4)
    for e in range(cfg.epochs):
        loss = net(x).pow(2).mean()
        opt.zero_grad(); loss.backward(); opt.step()
        print(f"epoch {e} loss {loss.item():.4f}")
    print(f"RESULT {cfg.model.name} {cfg.optim.lr} {loss.item():.4f}")


if __name__ == "__main__":
    main()
