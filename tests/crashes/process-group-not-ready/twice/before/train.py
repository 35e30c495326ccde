import torch.distributed as dist


def setup():
    dist.init_process_group("gloo")


def main():
    setup()
    setup()
    print("world", dist.get_world_size())


if __name__ == "__main__":
    main()
