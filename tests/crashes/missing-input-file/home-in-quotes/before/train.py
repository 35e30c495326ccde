import argparse, csv

def rows(path):
    with open(path, newline="") as f:
        return list(csv.reader(f))

p = argparse.ArgumentParser()
p.add_argument("--csv", default="~/datasets/cifar_meta.csv")
a = p.parse_args()
r = rows(a.csv)
