import torch
from torch.utils.data import DataLoader
from corpus import Lines


def main():
    emb = torch.nn.Embedding(32, 4)
    opt = torch.optim.SGD(emb.parameters(), lr=0.1)
    for ids in DataLoader(Lines(), batch_size=2, num_workers=1):
        loss = emb(ids).square().mean()
        opt.zero_grad(); loss.backward(); opt.step()
        print(loss.item())
    print("done")


if __name__ == "__main__":
    main()
