import argparse

import torch
import torch.distributed as dist

parser = argparse.ArgumentParser()
parser.add_argument("--dist-backend", default="gloo")
args = parser.parse_args()
dist.init_process_group(args.dist_backend)
total = torch.ones(1)
dist.all_reduce(total)
print("world", total.item(), "done")
dist.destroy_process_group()
