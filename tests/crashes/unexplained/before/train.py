losses = {"train": [0.5, 0.4]}


def mean(values):
    return sum(values) / len(values)


print(mean([]))
