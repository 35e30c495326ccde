from torch.utils.data import DataLoader
from corpus import Docs

docs = ["a short text of eight words in total"] * 500
ds = Docs(docs, min_len=64)
dl = DataLoader(ds, batch_size=8, shuffle=True)
