from torch.utils.data import DataLoader


class DataModule:
    def __init__(self, data, loader):
        self.data, self.kw = data, loader

    def train(self):
        return DataLoader(self.data, **self.kw)
