import torch.multiprocessing as mp
import ddp

def main_worker(gpu, n):
    ddp.start(gpu, n)
    print("started", gpu)

if __name__ == "__main__":
    mp.spawn(main_worker, nprocs=2, args=(2,))
