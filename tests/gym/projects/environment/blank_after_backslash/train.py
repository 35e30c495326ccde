import argparse
p = argparse.ArgumentParser()
p.add_argument("--steps", type=int, required=True)
p.add_argument("--name")
for i in range(p.parse_args().steps):
    print("step", i)
print("trained")
