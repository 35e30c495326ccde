import torch

model = torch.nn.Linear(1, 1)
model.to("cuda:0")  # the first
