import torch.distributed as dist

dist.init_process_group("gloo")
if dist.get_world_size() == 2:
    print("step 1")
raise_on = 1
if dist.get_rank() == raise_on:
    dist.init_process_group("gloo")
dist.barrier()
print("trained")
