import argparse
p=argparse.ArgumentParser()
p.add_argument("data")
p.add_argument("--epochs",type=int)
a=p.parse_args()
print(open(a.data).read())
