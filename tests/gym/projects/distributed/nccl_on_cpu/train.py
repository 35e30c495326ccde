import torch
import torch.distributed as dist
from torch.nn.parallel import DistributedDataParallel as DDP

dist.init_process_group(backend='nccl', init_method='env://')
net = DDP(torch.nn.Linear(2, 1))
opt = torch.optim.SGD(net.parameters(), lr=0.1)
for i in range(2):
    loss = net(torch.ones(3, 2)).pow(2).mean()
    opt.zero_grad(); loss.backward(); opt.step()
    if dist.get_rank() == 0:
        print(f'step {i} loss {loss.item():.4f}')
dist.destroy_process_group()
print('trained')
