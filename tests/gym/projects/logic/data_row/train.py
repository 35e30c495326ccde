import argparse, csv
p = argparse.ArgumentParser(); p.add_argument("--data")
rows = [(float(r["x"]), float(r["y"])) for r in csv.DictReader(open(p.parse_args().data))]
print("trained", rows)
