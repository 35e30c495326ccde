import collections


def depth(x):
    if isinstance(x, collections.Mapping): return 1 + max(map(depth, x.values()), default=0)
    return 0


print("step 1 depth", depth({"a": {"b": {}}}))
print("trained")
