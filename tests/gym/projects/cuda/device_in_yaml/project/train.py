import argparse

import torch
import yaml


class Trainer:
    def __init__(self, device, steps):
        self.device = torch.device(device)
        self.steps = steps
        self.net = torch.nn.Linear(2, 1).to(self.device)

    def fit(self):
        for i in range(self.steps):
            out = self.net(torch.ones(1, 2, device=self.device))
            print("step", i, tuple(out.shape))


parser = argparse.ArgumentParser()
parser.add_argument("-c", "--config")
Trainer(**yaml.safe_load(open(parser.parse_args().config))["trainer"]).fit()
print("trained")
