import argparse
a = argparse.ArgumentParser()
a.add_argument("--lr", type=float)
lr = a.parse_args().lr
w = 4.0
for i in range(5):
    w -= lr * w
    print(i, w)
print("trained")
