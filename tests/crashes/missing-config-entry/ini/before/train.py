import configparser
cfg = configparser.ConfigParser()
cfg.read("config.ini")
lr = cfg.getfloat("train", "learning_rate")
epochs = int(cfg["train"]["epochs"])
for e in range(epochs):
    print("epoch", e, "loss", 1 / (e + 1))
