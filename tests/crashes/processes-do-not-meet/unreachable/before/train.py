from datetime import timedelta

import torch
import torch.distributed as dist

dist.init_process_group("gloo", timeout=timedelta(seconds=5))
total = torch.ones(1)
dist.all_reduce(total)
print("world", total.item(), "done")
dist.destroy_process_group()
