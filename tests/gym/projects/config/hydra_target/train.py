import hydra
from hydra.utils import instantiate


@hydra.main(version_base=None, config_path="conf", config_name="config")
def main(cfg):
    model = instantiate(cfg.model)
    print("step 1 width", len(model.w))
    print("trained")


if __name__ == "__main__":
    main()
