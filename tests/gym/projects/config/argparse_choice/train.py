import argparse

parser = argparse.ArgumentParser()
parser.add_argument('--optimizer', choices=['sgd', 'adam', 'lion'], default='sgd')
parser.add_argument('--steps', type=int, default=1)
args = parser.parse_args()
for i in range(args.steps):
    print(args.optimizer, i)
print('trained')
