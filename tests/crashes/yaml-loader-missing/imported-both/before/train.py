from yaml import FullLoader, load


def read(path):
    with open(path) as f:
        return load(f)


with open("run.yaml") as f:
    run = load(f, Loader=FullLoader)
base = read("base.yaml")
