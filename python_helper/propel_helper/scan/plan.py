"""Which files of a project are worth reading, nearest first: a scan reads hundreds, not all.

The limits come from measuring 60 training projects: depth 3 reaches what globs can reach, and the
largest holds 1,344 Python files of which 26 are entries.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from enum import Enum
from functools import lru_cache

from propel_helper.scan.invocation import SHELL_SUFFIXES
from propel_helper.scan.sources import Source
from propel_helper.scan.tree import Tree
from propel_helper.scan.vocabulary import LIBRARY, names_other, names_training, words

_SKIPPED = frozenset(
    "tests test unit_tests testing third_party thirdparty third-party vendor external externals "
    "submodules dist build assets figures images static locale".split()
)
_DOCUMENTS = 500
_SHELL = 700
_NAMED = 800
_OTHERS = 300
_LIBRARIES = 150
_OTHER_DEPTH = 3


def _aside(folder: str) -> bool:
    """Whether a folder holds tests, copies of other projects or build products."""
    return any(part in _SKIPPED for part in folder.lower().split("/"))


def _nearest(paths: Iterable[str], limit: int) -> list[str]:
    return sorted(paths, key=lambda path: (path.count("/"), path))[:limit]


_HINT = re.compile(r"main|run|cli|train|tun|sft|dpo|grpo|rlhf|lora|distill", re.IGNORECASE)


class _Kind(Enum):
    """What the name of a Python file says it is."""

    ENTRY = "entry"
    LIBRARY = "library"
    OTHER = "other"


@lru_cache(1 << 15)
def _kind(name: str) -> _Kind:
    stem = name[:-3]
    if _HINT.search(stem):
        parts = words(stem)
        ends = {parts[0], parts[-1]} if parts else set()
        if ends & {"main", "run", "cli", "train"} or names_training(stem):
            return _Kind.ENTRY
    parts = words(stem)
    library = not parts or parts[-1] in LIBRARY or names_other(stem)
    return _Kind.LIBRARY if library else _Kind.OTHER


class _Plan:
    """Paths by how they are chosen."""

    def __init__(self, sources: Iterable[Source]) -> None:
        names = frozenset[str]().union(*(source.names for source in sources))
        self._names = names | {form(name) for name in names for form in (str.upper, str.capitalize)}
        self._endings = tuple(sorted(frozenset[str]().union(*(one.suffixes for one in sources))))
        # Three letters tell most names apart, for a third of the time.
        self._tails = frozenset(ending[-3:] for ending in self._endings)
        self.manifests: list[str] = []
        self.shell: list[str] = []
        self.documents: list[str] = []
        self.named: list[str] = []
        self.others: list[str] = []
        self.libraries: list[str] = []

    def add(self, folder: str, names: Iterable[str]) -> None:
        depth = folder.count("/") + 1 if folder else 0
        prefix = f"{folder}/" if folder else ""
        if depth <= _OTHER_DEPTH:
            self.manifests += [prefix + name for name in sorted(self._names.intersection(names))]
        tails, endings = self._tails, self._endings
        for name in sorted([one for one in names if one[-3:] in tails]):
            # Hidden files are what editors and tools leave behind.
            if not name.endswith(endings) or name in self._names or name[0] == ".":
                continue
            if name.endswith(".py"):
                self._python(prefix + name, name, depth)
            elif name.endswith(SHELL_SUFFIXES):
                self.shell.append(prefix + name)
            else:
                self.documents.append(prefix + name)

    def _python(self, path: str, name: str, depth: int) -> None:
        kind = _kind(name)
        if kind is _Kind.ENTRY:
            self.named.append(path)
        elif depth > _OTHER_DEPTH:
            return
        elif kind is _Kind.OTHER and len(self.others) < _OTHERS:
            self.others.append(path)
        elif kind is _Kind.LIBRARY and len(self.libraries) < _LIBRARIES:
            # They start nothing, but they are where trackers are imported.
            self.libraries.append(path)


def reading_list(tree: Tree, sources: Iterable[Source]) -> tuple[str, ...]:
    """The files to read, in no promised order."""
    plan = _Plan(tuple(sources))
    for folder, names in sorted(tree.in_folders(), key=lambda one: (one[0].count("/"), one[0])):
        if not _aside(folder):
            plan.add(folder, names)
    return (
        *plan.manifests,
        *_nearest(plan.documents, _DOCUMENTS),
        *_nearest(plan.shell, _SHELL),
        *_nearest(plan.named, _NAMED),
        *_nearest(plan.others, _OTHERS),
        *plan.libraries,
    )
