import argparse, torch
p = argparse.ArgumentParser(); p.add_argument("--lr", type=float)
net = torch.nn.Linear(1, 1)
opt = torch.optim.SGD(net.parameters(), lr=p.parse_args().lr)
print("trained")
