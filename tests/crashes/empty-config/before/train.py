import yaml

def load():
    with open("conf.yaml") as f:
        return yaml.safe_load(f)

cfg = load()
print("lr", cfg["lr"])
