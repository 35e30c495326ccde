import torch
from ops import knn

print(knn(torch.rand(8, 3)))
