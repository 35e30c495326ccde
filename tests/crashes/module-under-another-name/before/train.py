import yaml

print(yaml.safe_load("lr: 0.1"))
