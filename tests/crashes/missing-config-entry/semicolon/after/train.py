import yaml

c = yaml.safe_load(open("conf.yaml"))
w = 1.0

for epoch in range(c["num_epochs"]):
    w -= c["learning_rate"] * w; print("epoch", epoch, "loss", w)
