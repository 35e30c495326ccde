import torch
import torch.distributed as dist
from torch import nn
from torch.nn.parallel import DistributedDataParallel as DDP


class TwoHeads(nn.Module):
    def __init__(self):
        super().__init__()
        self.body = nn.Linear(4, 4)
        self.coarse = nn.Linear(4, 2)
        self.fine = nn.Linear(4, 8)

    def forward(self, x):
        return self.coarse(torch.relu(self.body(x)))


dist.init_process_group("gloo")
model = DDP(TwoHeads())
optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
for step in range(3):
    loss = model(torch.ones(8, 4)).pow(2).mean()
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
