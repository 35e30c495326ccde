import yaml


class Net:
    def __init__(self, width=8, depth=2):
        self.shape = (width, depth)


def build(kind, **given):
    return kind(**given)


with open("run.yaml") as f:
    run = yaml.safe_load(f)
net = build(Net, widths=run["widths"])
