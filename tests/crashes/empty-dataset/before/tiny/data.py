from pathlib import Path

from torch.utils.data import Dataset


class Scans(Dataset):
    def __init__(self, root):
        self.files = sorted(Path(root).rglob("*.npz"))

    def __len__(self):
        return len(self.files)
