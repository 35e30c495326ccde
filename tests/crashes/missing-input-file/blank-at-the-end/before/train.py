import yaml

cfg = yaml.safe_load(open('cfg.yaml'))
print(open(f"data/{cfg['train']}").read())
