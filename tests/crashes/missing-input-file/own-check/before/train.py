import argparse
from conf import read
from linear import fit, toy

p = argparse.ArgumentParser()
p.add_argument("--config")
p.add_argument("--tag")
c = read(p.parse_args().config)
fit(*toy(), lr=c["lr"], steps=c["steps"])
