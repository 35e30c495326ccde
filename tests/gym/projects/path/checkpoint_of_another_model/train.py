import argparse, json
parser = argparse.ArgumentParser()
parser.add_argument("--resume", default=None)
args = parser.parse_args()
state = json.load(open(args.resume)) if args.resume else {"w": 1.0, "step": 0}
for step in range(state["step"], state["step"] + 3):
    state["w"] *= 0.9
    print("step", step, "loss", state["w"])
print("trained")
