import torch
from engine import fit
from options import Options

if __name__ == '__main__':
    opts = Options()
    opts.hardware.device = open('device.txt').read().strip()
    fit(torch.nn.Linear(2, 2), opts)
