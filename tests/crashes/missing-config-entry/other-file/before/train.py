import json

c = json.load(open("hparams.json"))
rate = c["learning_rate"]
print("epoch", rate)
