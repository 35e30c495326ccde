from yaml import load, dump  # configs

with open("base.yaml") as f:
    base = load(f)
print(dump(base))
