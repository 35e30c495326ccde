import os

import torch
import torch.distributed as dist

local_rank = int(os.environ["LOCAL_RANK"])
dist.init_process_group("gloo")
total = torch.ones(1)
dist.all_reduce(total)
print("local rank", local_rank, "world", total.item(), "done")
dist.destroy_process_group()
