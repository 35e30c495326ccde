import json
print(json.load(open("c.json")))
