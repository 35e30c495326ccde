import numpy as np, yaml
cfg=yaml.safe_load(open("c.yaml"))
w=np.zeros(cfg["hidden"])
print(w.shape)
