from omegaconf import OmegaConf
from linear import fit, toy
c = OmegaConf.load("cfg.yaml"); OmegaConf.set_struct(c, True)
print(c.train.stpes)
fit(*toy(), lr=c.train.lr, steps=c.eval.steps)
