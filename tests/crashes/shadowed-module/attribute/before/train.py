import yaml
cfg = yaml.safe_load(open("c.yml"))
print("lr", cfg["lr"])
print("done")
