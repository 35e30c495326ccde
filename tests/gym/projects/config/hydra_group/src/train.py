import hydra


@hydra.main(version_base=None, config_path="../configs", config_name="train.yaml")
def main(cfg):
    for step in range(cfg.trainer.steps):
        print("step", step, "width", cfg.model.width)
    print("trained")


if __name__ == "__main__":
    main()
