import json
cfg = json.load(open('c.json'))
print(cfg)
