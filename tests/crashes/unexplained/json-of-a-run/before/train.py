import json

c = json.load(open("last_state.json"))
epoch = c["num_epochs"]
print("epoch", epoch)
