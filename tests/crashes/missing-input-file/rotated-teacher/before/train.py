import argparse

import torch

parser = argparse.ArgumentParser()
parser.add_argument("--teacher")
args = parser.parse_args()
state = torch.load(args.teacher)
