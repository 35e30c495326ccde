import yaml

SIZES = {"en": 1000, "sv": 400, "no": 120}

def mixture(path):
    cfg = yaml.safe_load(open(path))
    weights = {}
    for lang in cfg["data"]["langs"]:
        weights[lang] = SIZES[lang] ** cfg["data"]["alpha"]
    return weights
