batch = {"inputs": [1, 2], "lables": [0, 1]}
for x, y in zip(batch["inputs"], batch["labels"]):
    print(x, y)
