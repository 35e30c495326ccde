import sys
import tomllib

with open(sys.argv[1], "rb") as fh:
    run = tomllib.load(fh)
