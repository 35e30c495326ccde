import yaml


class Encoder:
    def __init__(self, width=8, depth=2):
        self.size = width * depth


def build(kind, **given):
    return kind(**given)


with open("config.yaml") as file:
    config = yaml.safe_load(file)
encoder = build(Encoder, widths=config["widths"])
print("trained", encoder.size)
