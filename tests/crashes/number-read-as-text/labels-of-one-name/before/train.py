import torch
import yaml


def optimizer(params, spec):
    return getattr(torch.optim, spec['name'])(params, lr=spec['value'])


c = yaml.safe_load(open('conf.yaml'))
optimizer(torch.nn.Linear(2, 2).parameters(), c['optim'])
