import argparse

parser = argparse.ArgumentParser()
parser.add_argument("--epochs", default=3)
for epoch in range(parser.parse_args().epochs):
    print(epoch)
