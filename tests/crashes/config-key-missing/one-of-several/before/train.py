from omegaconf import OmegaConf
from linear import fit, toy
c = OmegaConf.load("cfg.yaml"); OmegaConf.set_struct(c, True)
k = c.model.layer      # which layer to read
fit(*toy(), lr=c.optim.lr)
