from helpers.nested import flatten

for i, (k, v) in enumerate(flatten({"a": {"b": 1}, "c": 2})):
    print("step", i, k, v)
print("trained")
