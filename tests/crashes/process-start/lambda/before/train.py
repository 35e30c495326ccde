import argparse
import multiprocessing

import torch
from torch.utils.data import DataLoader, TensorDataset

if __name__ == "__main__":
    multiprocessing.set_start_method("spawn")
    parser = argparse.ArgumentParser()
    parser.add_argument("--num-workers", type=int, default=0)
    args = parser.parse_args()
    data = TensorDataset(torch.arange(16.0))
    loader = DataLoader(
        data, batch_size=4, num_workers=args.num_workers, collate_fn=lambda rows: len(rows)
    )
    print("saw", sum(loader), "done")
