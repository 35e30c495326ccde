import yaml
cfg = yaml.safe_load(open('c.yaml'))
print(cfg)
