import os

import torch.distributed as dist
from torch import nn, ones
from torch.nn.parallel import DistributedDataParallel as DDP


def main():
    dist.init_process_group(backend='nccl')
    rank = int(os.environ['LOCAL_RANK'])
    model = DDP(nn.Linear(4, 2))
    loss = model(ones(8, 4)).pow(2).mean()
    loss.backward()
    print(f'rank {rank} done')
    dist.destroy_process_group()


if __name__ == '__main__':
    main()
