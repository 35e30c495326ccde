import datasets

train = datasets.build_loader("train")
