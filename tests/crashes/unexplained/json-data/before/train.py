import json

with open("vocab.json") as file:
    c = json.load(file)
target = c["learning"]
print("epoch 0", target)
