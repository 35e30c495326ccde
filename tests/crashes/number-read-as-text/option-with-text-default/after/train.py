import argparse

import yaml

p = argparse.ArgumentParser()
p.add_argument("--epochs", default="3", type=int)
args, cfg = p.parse_args(), yaml.safe_load(open("config.yaml"))
for epoch in range(args.epochs):
    print(epoch)
