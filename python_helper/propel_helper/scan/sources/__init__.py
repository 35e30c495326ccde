"""Where training commands come from: one file per kind of file that names them."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from propel_helper.scan.reading import Reading


@dataclass(frozen=True)
class Source:
    """One kind of file that names commands.

    Attributes:
        name: e.g. ``readme``.
        read: what it makes of a file's path and text. Never raises for any text.
        suffixes: endings of the file names it reads, with the dot, in lower case.
        names: whole file names it reads, in lower case.
        folder: the one folder it looks in, None for everywhere.
    """

    name: str
    read: Callable[[str, str], Reading]
    suffixes: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()
    folder: str | None = None

    def wants(self, path: str) -> bool:
        """Whether it reads the file at ``path`` (relative to the project, ``/``)."""
        folder, _, name = path.rpartition("/")
        name = name.lower()
        if self.folder is not None and folder != self.folder:
            return False
        return name in self.names or name[name.rfind(".") :] in self.suffixes


@cache
def all_sources() -> tuple[Source, ...]:
    """Every source in this package, sorted by name."""
    found = []
    for module in pkgutil.iter_modules(__path__):
        source = getattr(importlib.import_module(f"{__name__}.{module.name}"), "SOURCE", None)
        if isinstance(source, Source):
            found.append(source)
    return tuple(sorted(found, key=lambda source: source.name))
