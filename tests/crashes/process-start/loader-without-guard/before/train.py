import torch
from torch.utils.data import DataLoader, TensorDataset

def main():
    torch.manual_seed(0)
    dl = DataLoader(TensorDataset(torch.randn(16, 2)), 4, num_workers=1, multiprocessing_context='spawn')
    net = torch.nn.Linear(2, 1); opt = torch.optim.SGD(net.parameters(), .1)
    for e in range(2):
        for (x,) in dl:
            l = net(x).pow(2).mean(); opt.zero_grad(); l.backward(); opt.step()
        print('epoch', e, 'loss', l.item())
    print('RESULT', round(l.item(), 4))


main()
