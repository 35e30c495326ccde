import hydra
from linear import fit, toy
@hydra.main(config_path="conf", config_name="config", version_base=None)
def main(cfg):
    print(list(cfg.optim.warmups)); fit(*toy(), lr=cfg.optim.lr)
if __name__ == "__main__":
    main()
