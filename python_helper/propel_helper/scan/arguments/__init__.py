"""Options of a script by argument library: one file per library, read as syntax trees, never run."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from propel_helper.facts.option import Option
from propel_helper.scan.modules import Module, Modules

_ENOUGH = 3
"""Options after which no module further away is asked."""


@dataclass(frozen=True)
class Script:
    """A script whose options are asked for.

    Attributes:
        modules: the script and the project's own modules that it imports.
        arguments: unquoted words of the command after the script.
        cwd: folder that the command runs in, relative to the project.
    """

    modules: Modules
    arguments: tuple[str, ...]
    cwd: str = ""


@dataclass(frozen=True)
class Library:
    """One argument library.

    Attributes:
        name: e.g. ``argparse``.
        mark: text that a module must hold before the reader is asked about it.
        options: the options that one module declares, in order.
    """

    name: str
    mark: str
    options: Callable[[Module, Script], tuple[Option, ...]]


@cache
def all_libraries() -> tuple[Library, ...]:
    """Every library below this package, sorted by name."""
    found = []
    for module in pkgutil.iter_modules(__path__):
        library = getattr(importlib.import_module(f"{__name__}.{module.name}"), "LIBRARY", None)
        if isinstance(library, Library):
            found.append(library)
    return tuple(sorted(found, key=lambda library: library.name))


def options(script: Script) -> tuple[Option, ...]:
    """The options of ``script``, each name once.

    The modules nearest to the entry that declare enough decide: what is imported further away
    belongs to other programs of the project.
    """
    found: dict[str, Option] = {}
    for modules in script.modules.levels():
        for module in modules:
            text = module.text.lower()
            for library in all_libraries():
                if library.mark.lower() in text:
                    for option in library.options(module, script):
                        found.setdefault(option.name, option)
        if len(found) >= _ENOUGH:
            break
    return tuple(found.values())
