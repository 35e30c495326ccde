import yaml


with open("base.yaml") as f:
    base = yaml.load(f)  # the defaults
with open("run.yaml") as f:
    run = yaml.load(f, Loader=yaml.FullLoader)
more = yaml.load(open("more.yaml"))
