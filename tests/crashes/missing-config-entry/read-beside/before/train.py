import yaml
from linear import fit, toy
c = yaml.safe_load(open("cfg.yaml"))
head = c["model"]["head"]     # kind of the output head
for h in range(c["model"]["heads"]):
    print("head", h)
fit(*toy(), lr=c["optim"]["lr"])
