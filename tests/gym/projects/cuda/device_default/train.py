import argparse
import torch


def get_args():
    parser = argparse.ArgumentParser(formatter_class=argparse.ArgumentDefaultsHelpFormatter)
    parser.add_argument('-d', '--device', type=str, default='cuda', help="cpu oder cuda – Gerät")
    parser.add_argument('--steps', type=int, default=1)
    return parser.parse_args()


def main(args):
    model = torch.nn.Linear(2, 2).to(args.device)
    for i in range(args.steps):
        y = model(torch.ones(1, 2, device=args.device))
        print('step', i, y.shape)
    print('trained')


if __name__ == '__main__':
    main(get_args())
