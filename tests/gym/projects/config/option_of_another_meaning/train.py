import argparse

parser = argparse.ArgumentParser()
parser.add_argument("--do-aug", action="store_true")
parser.add_argument("--beta2", type=float, default=0.99)
args = parser.parse_args()
print("augmentation", args.do_aug)
print("trained")
