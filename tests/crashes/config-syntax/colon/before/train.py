import yaml
cfg=yaml.safe_load(open("c.yaml"))
for s in range(cfg["steps"]):
    print(s)
