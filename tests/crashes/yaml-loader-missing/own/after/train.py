import yaml


with open("base.yaml") as f:
    base = yaml.safe_load(f)  # the defaults
with open("run.yaml") as f:
    run = yaml.load(f, Loader=yaml.FullLoader)
more = yaml.safe_load(open("more.yaml"))
