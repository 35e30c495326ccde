from datasets import load_dataset
from linear import fit, toy
print(load_dataset("x")); fit(*toy())
