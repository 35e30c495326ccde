"""Old helpers."""
from collections import Mapping, OrderedDict, Iterable  # py2/3


def flatten(d, prefix=""):
    out = OrderedDict()
    for k, v in d.items():
        if isinstance(v, Mapping):
            out.update(flatten(v, prefix + k + "."))
        else:
            out[prefix + k] = v
    return out.items() if isinstance(d, Iterable) else []
