import argparse
import torch
import torch.distributed as dist


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--steps", type=int, default=1)
    args = parser.parse_args()
    dist.init_process_group("gloo")
    for i in range(args.steps):
        t = torch.ones(1)
        dist.all_reduce(t)
        if dist.get_rank() == 0:
            print("step", i, t.item())
    dist.destroy_process_group()
    print("trained")


if __name__ == "__main__":
    main()
