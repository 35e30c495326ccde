from tabulate import tabulate

rows = [(i, 1 / (i + 1)) for i in range(3)]
print(tabulate(rows, headers=["step", "loss"]))
print("trained")
