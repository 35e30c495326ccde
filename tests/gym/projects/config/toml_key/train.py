import tomllib

with open("config.toml", "rb") as f:
    config = tomllib.load(f)

w = 1.0
for step in range(config["train"]["steps"]):
    w -= config["train"]["learning_rate"] * w
    print("step", step, "loss", w)
print("trained")
