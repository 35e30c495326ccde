import torch.distributed as dist
from torch import nn
from torch.nn.parallel import DistributedDataParallel as DDP

dist.init_process_group("gloo")
teacher = DDP(nn.Linear(4, 2).requires_grad_(False))
