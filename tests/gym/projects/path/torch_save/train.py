import argparse
import torch
from torch import nn

parser = argparse.ArgumentParser(description='Tiny')
parser.add_argument('--name', type=str, default='default')
parser.add_argument('--steps', type=int, default=4)
opt = parser.parse_args()

net = nn.Linear(4, 1)
optim = torch.optim.SGD(net.parameters(), lr=1e-2)
for step in range(opt.steps):
    x = torch.randn(8, 4)
    loss = net(x).pow(2).mean()
    optim.zero_grad(); loss.backward(); optim.step()
    print('step %d loss %.4f' % (step, loss.item()))
torch.save({'model': net.state_dict(),
            'step': opt.steps}, './weights/' + opt.name + '/last.pth')
print('trained')
