import argparse

parser = argparse.ArgumentParser()
parser.add_argument("--learning-rate", type=float, required=True)
parser.add_argument("--batch-size", type=int, default=8)
args = parser.parse_args()
w = 1.0
for step in range(3):
    w -= args.learning_rate * w
    print("step", step, "loss", w)
print("trained")
