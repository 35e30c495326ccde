import yaml
from types import SimpleNamespace as N
cfg=N(**yaml.safe_load(open("c.yaml")))
print(cfg.learnig_rate)
