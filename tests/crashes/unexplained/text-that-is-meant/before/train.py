import yaml

cfg = yaml.safe_load(open("config.yaml"))

folder = cfg["name"] + cfg["seed"]
