import os
import torch.distributed as dist

local_rank = int(os.environ['LOCAL_RANK'])
dist.init_process_group(backend='gloo')
print('step', 1, 'rank', local_rank)
dist.barrier()
dist.destroy_process_group()
print('trained')
