import configparser

config = configparser.ConfigParser()
config.read("config.ini")
train = config["train"]

w = 1.0
for step in range(train.getint("steps")):
    w -= config.getfloat("train", "learning_rate") * w
    print("step", step, "loss", w)
print("trained")
