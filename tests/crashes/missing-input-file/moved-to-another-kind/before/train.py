import argparse
import numpy as np

parser = argparse.ArgumentParser()
parser.add_argument("--train")
x = np.loadtxt(parser.parse_args().train, delimiter=",")
print("epoch 0", x.mean())
