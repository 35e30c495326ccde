"""How runs report their progress: one file per dialect, found without a registration list.

A dialect's module has ``DIALECT``; its docstring says whose lines it reads and where their form
is defined. The module that is asked first is the one that is surest of what it sees (``order``).
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from propel_helper.metrics.sample import Sample

Read = Callable[[str], Sample | None]


@dataclass(frozen=True)
class Dialect:
    """One way to report.

    Attributes:
        name: the module's, for tests and for people.
        marks: bytes of which a line must hold one for this dialect to be asked about it.
        start: makes a reader for one log; it says what a line reports, or None for "not mine".
        order: dialects with a smaller one are asked first.
        remembers: whether what a line reports depends on the lines before it.
    """

    name: str
    marks: tuple[bytes, ...]
    start: Callable[[], Read]
    order: int = 50
    remembers: bool = False


@cache
def all_dialects() -> tuple[Dialect, ...]:
    """Every dialect below this package, in the order in which they are asked."""
    found = []
    for module in pkgutil.iter_modules(__path__, f"{__name__}."):
        dialect = getattr(importlib.import_module(module.name), "DIALECT", None)
        if isinstance(dialect, Dialect):
            found.append(dialect)
    return tuple(sorted(found, key=lambda one: (one.order, one.name)))
