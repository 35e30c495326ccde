import torch

model = torch.nn.Linear(1, 1)
model.to("gpu:0")  # the first
