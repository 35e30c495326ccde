import torch.multiprocessing as mp


def work(rank):
    print("rank", rank)


mp.spawn(work, nprocs=2)
