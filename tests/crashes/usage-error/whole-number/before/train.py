import argparse
p=argparse.ArgumentParser()
p.add_argument("--max_steps",type=int)
print(p.parse_args())
