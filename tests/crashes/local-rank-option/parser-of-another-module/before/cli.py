import argparse


def parse():
    parser = argparse.ArgumentParser()
    parser.add_argument("--local_rank", type=int, default=-1)
    parser.add_argument('--lr', type=float, default=0.1)
    return parser.parse_args()
