"""The folder that a command belongs in, told by the relative paths that it leans on.

Whoever writes ``python main.py`` or ``--user-dir ./model`` stands where these are: what exists only
beside a script, or beside the page that shows a command, is not found from the project's top.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from propel_helper.facts.wording import Wording
from propel_helper.scan.tree import Tree, joined

_PATH = Wording(r"^(?!/|~)[\w.-]+(?:/[\w.-]+)*/?$")
_FILE = Wording(r"\.(?:py|sh|json|ya?ml|toml|gin|cfg|txt|csv)$")


@dataclass(frozen=True)
class Needs:
    """Relative paths of one script or command, seen from the folder that it is started in.

    Attributes:
        started: what it starts in turn; without these it stops.
        handed: what it hands over, which may also be made by it.
    """

    started: tuple[str, ...] = ()
    handed: tuple[str, ...] = ()


def paths(arguments: Iterable[str]) -> Iterator[str]:
    """Words among ``arguments``, and values behind ``=``, that are written as relative paths."""
    for word in arguments:
        value = word.rpartition("=")[2]
        if _PATH.match(value) and ("/" in value or _FILE.search(value)):
            yield value


NO_NEEDS = Needs()


def _held(tree: Tree, folder: str, wanted: Iterable[str], file: str) -> int:
    """How many of ``wanted`` are there, seen from ``folder``; a module may lack its suffix.

    A folder that holds ``file`` is not what is meant: with ``net/net/`` in a project, a script in
    the outer one speaks of the inner.
    """
    seen = (joined(folder, path) for path in wanted)
    return sum(
        path in tree or path in tree.folders or f"{path}.py" in tree
        for path in seen
        if path is not None and not file.startswith(f"{path}/")
    )


def belongs(tree: Tree, needs: Needs, file: str, folders: Iterable[str]) -> str:
    """The first of ``folders`` that holds the most of what ``file`` needs, or shows to be needed."""
    return max(
        folders,
        key=lambda one: (
            _held(tree, one, needs.started, file),
            _held(tree, one, needs.handed, file),
        ),
        default="",
    )


def upwards(folder: str) -> Iterator[str]:
    """``folder`` and each folder above it, without the project's top."""
    while folder:
        yield folder
        folder = posixpath.dirname(folder)
