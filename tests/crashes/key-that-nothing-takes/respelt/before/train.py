import yaml


class Net:
    def __init__(self, dropout=0.1): ...


config = yaml.safe_load(open("conf/base.yaml"))
model = Net(**config["model"])
