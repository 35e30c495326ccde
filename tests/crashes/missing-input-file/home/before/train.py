import argparse
p=argparse.ArgumentParser()
p.add_argument("--data")
print(open(p.parse_args().data).read())
