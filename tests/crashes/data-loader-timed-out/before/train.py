import time
from torch.utils.data import DataLoader, Dataset


class Slow(Dataset): ...


for batch in DataLoader(Slow(), timeout=2): ...
