import torch
from engine import fit
from options import Options

if __name__ == '__main__':
    fit(torch.nn.Linear(2, 2), Options())
