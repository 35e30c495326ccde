from linear import fit, toy
from schema import read

c = read("exp.yaml")
fit(*toy(c.data.n), steps=c.train.steps)
