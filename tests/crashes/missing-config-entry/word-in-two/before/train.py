import yaml
from linear import fit, toy
c = yaml.safe_load(open("cfg.yaml"))
fit(*toy(), lr=c["lr"], steps=c["steps"])
