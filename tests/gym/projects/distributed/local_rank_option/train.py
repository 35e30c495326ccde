import argparse
import torch.distributed as dist

parser = argparse.ArgumentParser(description="old style")
parser.add_argument("--local_rank", type=int, default=0)  # set by the launcher
parser.add_argument("--steps", type=int, default=1)
args = parser.parse_args()
dist.init_process_group("gloo")
for i in range(args.steps):
    print("step", i, "local rank", args.local_rank)
dist.destroy_process_group()
print("trained")
