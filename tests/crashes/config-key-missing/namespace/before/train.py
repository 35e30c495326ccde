import argparse
import json
from types import SimpleNamespace

parser = argparse.ArgumentParser()
parser.add_argument('--config')
args = parser.parse_args()
hp = SimpleNamespace(**json.loads(open(args.config).read()))
sizes = [hp.hidden for _ in range(hp.num_layers)]
for step in range(hp.steps):
    print(f'step {step} size {sum(sizes)}')
print('trained')
