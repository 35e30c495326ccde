from torch.utils.data import DataLoader

from tiny.data import Scans


def main():
    print("reading")



    dataset = Scans("data/scans")

    loader = DataLoader(dataset, batch_size=8, shuffle=True)
    print(len(loader))





    print("done")

main()
