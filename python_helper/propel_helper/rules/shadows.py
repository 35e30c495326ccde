"""Files of the project that hide a module of Python or a package, because they have its name."""

from __future__ import annotations

import difflib
import posixpath
import re
import sys

from propel_helper.facts.crash import Crash
from propel_helper.facts.surroundings import PathKind, Surroundings
from propel_helper.facts.wording import Wording
from propel_helper.rules import distributions, modules
from propel_helper.rules.said import said

# CPython's module_getattro and import_from, up to 3.12; 3.13 names the file itself.
_LACKS = Wording(
    r"^(?:partially initialized )?module '(?P<module>\w+)' has no attribute '(?P<name>\w+)'"
    r"|cannot import name '(?P<imported>\w+)' from (?:partially initialized module )?'(?P<from>\w+)'"
)
_DEFINED = re.compile(r"^(?:(?:async )?def|class)\s+(\w+)|^(\w+)\s*(?::[^=\n]+)?=", re.MULTILINE)
_OFTEN_OWN = frozenset(
    {"cmd", "code", "datasets", "evaluate", "google", "gym", "lib", "_lib", "parser", "profile"}
    | {"site", "test", "tests", "this", "token", "tokenizers", "trace"}
)
"""Names that a project's own modules have as often as the library's."""
_NEAR = 0.8


def hiding(crash: Crash, surroundings: Surroundings) -> tuple[str, str] | None:
    """The module that lacks a name, and the project's own file that was taken for it.

    None where the file may be what is meant: nothing else has its name, or it has a near name.
    """
    found = said(crash, _LACKS)
    if found is None or modules.has_numpy_page(crash.message):
        return None
    module, name = found["module"] or found["from"], found["name"] or found["imported"]
    foreign = bool(crash.frames) and not surroundings.is_own(crash.frames[-1].file)
    if not _is_library(module) or (module in _OFTEN_OWN and not foreign):
        return None
    file = _own_file(module, crash, surroundings)
    text = surroundings.text(file) if file else None
    if file is None or text is None:
        return None
    inside = [*map("".join, _DEFINED.findall(text))]
    if posixpath.basename(file) == "__init__.py":
        inside += [one.removesuffix(".py") for one in surroundings.names(posixpath.dirname(file))]
    return None if difflib.get_close_matches(name, inside, n=1, cutoff=_NEAR) else (module, file)


def _is_library(module: str) -> bool:
    known = module in distributions.OTHER_NAMES or module in distributions.SAME_NAMES
    return known or module in sys.stdlib_module_names or modules.is_well_known(module)


def _own_file(module: str, crash: Crash, surroundings: Surroundings) -> str | None:
    """The file in the folder that Python looks in first: the script's, or the one it starts in."""
    first = next((one for one in crash.frames if surroundings.is_own(one.file)), None)
    folder = posixpath.dirname(surroundings.shown(first.file)) if first else ""
    for here in dict.fromkeys((folder, "")):
        for path in (f"{module}.py", f"{module}/__init__.py"):
            file = posixpath.join(here, path)
            if surroundings.kind(file) is PathKind.FILE:
                return file
    return None
