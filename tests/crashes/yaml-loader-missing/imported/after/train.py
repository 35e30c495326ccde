from yaml import safe_load, dump  # configs

with open("base.yaml") as f:
    base = safe_load(f)
print(dump(base))
