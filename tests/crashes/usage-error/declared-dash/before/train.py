import argparse

p = argparse.ArgumentParser()
p.add_argument("-lr", "--lr", type=float)
p.add_argument("data")
p.parse_args()
