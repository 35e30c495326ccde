import argparse
import csv

parser = argparse.ArgumentParser()
parser.add_argument("--curve")
args = parser.parse_args()
rows = [(i, 1 / (i + 1)) for i in range(5)]
for i, loss in rows:
    print("step", i, "loss", loss)
writer = csv.writer(open(args.curve, "w"))
writer.writerows(rows)
print("trained")
