import torch
from data import loader
from move import to_gpu
from net import Net

device = "cuda" if torch.cuda.is_available() else "cpu"
net = Net().to(device)
opt = torch.optim.SGD(net.parameters(), lr=0.1)
for e in range(2):
    for batch in loader(32):
        x, y = to_gpu(batch)
        loss = torch.nn.functional.cross_entropy(net(x), y)
        opt.zero_grad(); loss.backward(); opt.step()
    print(f"epoch {e} loss {loss.item():.4f}")
