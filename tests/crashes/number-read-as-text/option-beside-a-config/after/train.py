import argparse

p = argparse.ArgumentParser()
p.add_argument("--config")
p.add_argument("--epochs", type=int)
args = p.parse_args()
for epoch in range(args.epochs):
    print(epoch)
