"""Nested settings."""
from collections import (
    Mapping,       # old habit
    OrderedDict,
    Iterable as Many
)

print(OrderedDict, isinstance({}, Mapping), Many)
