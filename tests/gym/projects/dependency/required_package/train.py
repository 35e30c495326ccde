import prettytable

t = prettytable.PrettyTable(["step", "loss"])
for i in range(3):
    t.add_row([i, 1.0 / (i + 1)])
print(t)
print("trained")
