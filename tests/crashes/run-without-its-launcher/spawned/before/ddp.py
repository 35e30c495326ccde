import torch.distributed as dist

def start(rank, world):
    dist.init_process_group(backend="gloo", rank=rank, world_size=world)
