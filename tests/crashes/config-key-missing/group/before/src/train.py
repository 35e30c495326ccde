import hydra


@hydra.main(version_base=None, config_path="../configs", config_name="train")
def main(cfg):
    decay = cfg.optimizer.weight_decay


main()
