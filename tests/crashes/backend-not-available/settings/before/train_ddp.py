import os

import cfg
import torch.distributed as dist

rank = int(os.environ["RANK"])
dist.init_process_group(os.environ.get("BACKEND") or cfg.BACKEND)
print("epoch 0")
