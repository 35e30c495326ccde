import argparse

import params

ap = argparse.ArgumentParser()
hp = params.load(ap)
for epoch in range(hp.epochs):
    print(epoch)
