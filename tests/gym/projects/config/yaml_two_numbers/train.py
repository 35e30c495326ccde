import yaml

with open("config.yaml") as f:
    cfg = yaml.safe_load(f)
w = 1.0
for epoch in range(cfg["epochs"]):
    w -= cfg["lr"] * w
    w -= cfg["weight_decay"] * w
    print("run", cfg["run"], "epoch", epoch, "loss", w)
print("trained")
