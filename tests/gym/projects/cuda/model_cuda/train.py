import torch
import torch.nn as nn

net = nn.Linear(3, 1).cuda()
opt = torch.optim.SGD(net.parameters(), lr=0.1)
for i in range(2):
    x = torch.ones(4, 3).cuda()
    loss = net(x).mean() ** 2
    opt.zero_grad(); loss.backward(); opt.step()
    print("step", i, loss.item())
print("trained")
