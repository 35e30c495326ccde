import configparser
config = configparser.ConfigParser()
config.read("train.ini")
n = config.getint("training", "epochs")
for e in range(n): print("epoch", e, "loss", 1 / (e + 1))
print("RESULT", n)
