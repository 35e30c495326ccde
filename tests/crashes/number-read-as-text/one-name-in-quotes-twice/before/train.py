import torch
import yaml


def optimizer(params, spec):
    return getattr(torch.optim, spec['name'])(params, **spec['args'])


c = yaml.safe_load(open('conf.yaml'))
optimizer(torch.nn.Linear(2, 2).parameters(), c['optim'])
