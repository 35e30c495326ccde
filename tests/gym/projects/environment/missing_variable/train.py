import os

root = os.environ["GYM_DATA_ROOT"]
print("reading", root)
print("trained")
