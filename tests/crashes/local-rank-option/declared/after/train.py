import argparse

import torch
import torch.distributed as dist

parser = argparse.ArgumentParser()
parser.add_argument(
    '--local-rank', '--local_rank', type=int, default=0)
parser.add_argument('--lr', type=float, default=0.1)
args = parser.parse_args()
dist.init_process_group('gloo')
print('local rank', args.local_rank, 'done')
