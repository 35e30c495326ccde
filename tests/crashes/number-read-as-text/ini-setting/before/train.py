import configparser
c = configparser.ConfigParser(); c.read("t.ini")
tr = c["train"]
w = 1.0
for e in range(int(tr["epochs"])):
    w = w - tr["lr"] * w
print("trained")
