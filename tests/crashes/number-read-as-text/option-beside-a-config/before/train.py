import argparse

p = argparse.ArgumentParser()
p.add_argument("--config")
p.add_argument("--epochs")
args = p.parse_args()
for epoch in range(args.epochs):
    print(epoch)
