import argparse
import torch

p = argparse.ArgumentParser()
p.add_argument('--device', default='cpu')
p.add_argument('--lr', type=float)
a = p.parse_args()
model = torch.nn.Linear(2, 2).to(a.device)
