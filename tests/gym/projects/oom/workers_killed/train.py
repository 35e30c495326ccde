import argparse
import os
import signal

import torch
from torch.utils.data import DataLoader, Dataset, get_worker_info

parser = argparse.ArgumentParser()
parser.add_argument("--num_workers", type=int, default=0)
args = parser.parse_args()


class Numbers(Dataset):
    """A worker of a second copy of the data does not fit."""

    def __len__(self):
        return 8

    def __getitem__(self, i):
        info = get_worker_info()
        if info is not None and info.num_workers > 1 and info.id == 1:
            os.kill(os.getpid(), signal.SIGKILL)
        return torch.tensor(float(i))


if __name__ == "__main__":
    for step, batch in enumerate(DataLoader(Numbers(), 4, num_workers=args.num_workers)):
        print("step", step, "mean", batch.mean().item())
    print("trained")
