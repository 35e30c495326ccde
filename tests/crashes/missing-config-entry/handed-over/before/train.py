import sys
import tomllib


class Sampler:
    def __init__(self, given, size):
        self.share = given["holdout"]
        self.size = size


def main():
    with open(sys.argv[1], "rb") as file:
        loaded = tomllib.load(file)
    data = loaded["data"]
    sampler = Sampler(data.get("split"), data["size"])
    print("epoch 0", sampler.share * sampler.size)


main()
