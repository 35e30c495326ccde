import torch
from torch.utils.data import Dataset


class Lines(Dataset):
    def __init__(self, path="corpus.txt"):
        with open(path) as f:
            self.lines = f.read().splitlines()

    def __len__(self):
        return len(self.lines)

    def __getitem__(self, i):
        return torch.tensor([ord(c) % 32 for c in self.lines[i]])
