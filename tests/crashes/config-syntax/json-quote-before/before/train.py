import json
import sys

with open(sys.argv[1]) as fh:
    raw = json.load(fh)
