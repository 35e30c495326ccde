"""Nested settings."""
from collections.abc import Mapping       # old habit
from collections.abc import Iterable as Many
from collections import (
    OrderedDict,
)

print(OrderedDict, isinstance({}, Mapping), Many)
