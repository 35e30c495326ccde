import os

import torch
import torch.distributed as dist

dist.init_process_group("gloo")
local_rank = int(os.environ["LOCAL_RANK"])
torch.cuda.set_device(local_rank)
net = torch.nn.parallel.DistributedDataParallel(torch.nn.Linear(2, 2))
