import argparse
import os
import signal

import torch
from torch.utils.data import DataLoader, Dataset, get_worker_info


class Images(Dataset):
    def __len__(self):
        return 32

    def __getitem__(self, index):
        worker = get_worker_info()
        if worker is not None and worker.num_workers > 2 and index > 7:
            os.kill(os.getpid(), signal.SIGKILL)  # as the kernel does when memory is full
        return torch.ones(4)


parser = argparse.ArgumentParser()
parser.add_argument("--workers", type=int, default=0)
args = parser.parse_args()
for batch in DataLoader(Images(), batch_size=4, num_workers=args.workers):
    pass
print("done")
