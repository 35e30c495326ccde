import configparser
c = configparser.ConfigParser(); c.read("t.ini")
tr = c["train"]
w = 1.0
for e in range(int(tr["epochs"])):
    w = w - float(tr["lr"]) * w
print("trained")
