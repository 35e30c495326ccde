import torch.distributed as dist

def up(rank, world, port=29555):
    dist.init_process_group("gloo", init_method=f"tcp://127.0.0.1:{port}", rank=rank, world_size=world)
