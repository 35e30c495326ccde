import json

with open("base.json") as f:
    config = json.load(f)
