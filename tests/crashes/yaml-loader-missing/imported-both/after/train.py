from yaml import FullLoader, load, safe_load


def read(path):
    with open(path) as f:
        return safe_load(f)


with open("run.yaml") as f:
    run = load(f, Loader=FullLoader)
base = read("base.yaml")
