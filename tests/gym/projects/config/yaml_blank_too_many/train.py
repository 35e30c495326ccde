import yaml

with open("config.yaml") as file:
    train = yaml.safe_load(file)["train"]
w = 1.0
for step in range(train["steps"]):
    w -= train["lr"] * w
    print("step", step, "loss", w)
print("trained")
