import torch
net = torch.nn.Linear(2, 2)
print(net(torch.ones(1, 2, dtype=torch.float64)))
