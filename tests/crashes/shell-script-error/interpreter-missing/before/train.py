#!/opt/envs-of-another-machine/ml/bin/python -u
"""Trains the line."""
import argparse
from linear import fit, toy

p = argparse.ArgumentParser()
p.add_argument("--steps", type=int)
fit(*toy(), steps=p.parse_args().steps)
