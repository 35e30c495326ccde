import argparse

p = argparse.ArgumentParser()
p.add_argument('--steps', type=int)
p.add_argument('--learning-rate', type=float)
a = p.parse_args()
print(a)
