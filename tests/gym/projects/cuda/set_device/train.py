import argparse
import torch

parser = argparse.ArgumentParser()
parser.add_argument("--gpu", type=int, default=None)
parser.add_argument("--steps", type=int, default=2)
args = parser.parse_args()
if args.gpu is not None:
    torch.cuda.set_device(args.gpu)
    print("Use GPU: {}".format(args.gpu))
w = torch.nn.Linear(1, 1)
if args.gpu is not None:
    w = w.cuda(args.gpu)
for i in range(args.steps):
    x = torch.ones(1, 1)
    if args.gpu is not None:
        x = x.cuda(args.gpu, non_blocking=True)
    print("step", i, w(x).item())
print("trained")
