import torch.distributed as dist
from torch import nn
from torch.nn.parallel import DistributedDataParallel as DDP

dist.init_process_group("gloo")
classes = {"cat", "dog"} if dist.get_rank() == 0 else {"cat", "dog", "bird"}
model = DDP(nn.Linear(4, len(classes)))
print("done")
