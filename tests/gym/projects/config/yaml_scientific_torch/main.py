import torch, yaml
from torch import nn

cfg = yaml.load(open('config.yaml'), Loader=yaml.FullLoader)['train']
net = nn.Sequential(nn.Linear(4, 8), nn.ReLU(), nn.Linear(8, 1))
opt = torch.optim.AdamW(net.parameters(), lr=cfg['lr'],
                        weight_decay=cfg['weight_decay'], eps=cfg['eps'])
for i in range(cfg['steps']):
    loss = net(torch.ones(2, 4)).mean() ** 2
    opt.zero_grad()
    loss.backward()
    opt.step()
    print(i, loss.item())
print('trained')
