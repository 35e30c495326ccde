import argparse, torch
p = argparse.ArgumentParser()
p.add_argument('--cuda', action='store_true')
p.add_argument('--steps', type=int)
a = p.parse_args()
net = torch.nn.Linear(1, 1)
if a.cuda:
    net.cuda()
for i in range(a.steps):
    x = torch.ones(1, 1)
    if a.cuda: x = x.cuda()
    print('step', i, net(x).item())
print('trained')
