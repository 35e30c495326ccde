from torch.utils.data import Dataset

class Docs(Dataset):
    def __init__(self, docs, min_len):
        self.docs = [d for d in docs if len(d.split()) >= min_len]
        print(f"kept {len(self.docs)} of {len(docs)} documents (min_len={min_len})")

    def __len__(self):
        return len(self.docs)

    def __getitem__(self, i):
        return self.docs[i]
