import sys

try:
    import tomllib
except ImportError:
    import tomli as tomllib

with open(sys.argv[1], "rb") as file:
    run = tomllib.load(file)["run"]
for step in range(run["steps"]):
    print("step", step, "loss", 1 / (step + 1))
print("trained", run["name"])
