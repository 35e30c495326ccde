import torch
emb = torch.nn.Embedding(10, 4)
print("step", emb(torch.tensor([1, 5, 12])).sum())
