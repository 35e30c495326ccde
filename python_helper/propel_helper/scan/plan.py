"""Which files of a project are worth reading, nearest first: a scan reads hundreds, not all.

The limits come from measuring 60 training projects: depth 3 reaches what globs can reach, and the
largest holds 1,344 Python files of which 26 are entries.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Literal

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
_OTHER_DEPTH = 3


def _aside(folder: str) -> bool:
    """Whether a folder holds tests, copies of other projects or build products."""
    return any(part in _SKIPPED for part in folder.lower().split("/"))


_HINT = re.compile(r"main|run|cli|train|tun|sft|dpo|grpo|rlhf|lora|distill", re.IGNORECASE)


_Kind = Literal["entry", "other", "library"]
"""What the name of a Python file says it is. Libraries start nothing, but import trackers."""
_MOST: Mapping[_Kind, int] = {"entry": 800, "other": 300, "library": 150}


@lru_cache(1 << 15)
def _kind(name: str) -> _Kind:
    stem = name[:-3]
    if _HINT.search(stem):
        parts = words(stem)
        ends = {parts[0], parts[-1]} if parts else set()
        if ends & {"main", "run", "cli", "train"} or names_training(stem):
            return "entry"
    parts = words(stem)
    library = not parts or parts[-1] in LIBRARY or names_other(stem)
    return "library" if library else "other"


def _tails(endings: Iterable[str]) -> frozenset[str]:
    """Three letters tell most names apart, for a third of the time."""
    return frozenset(ending[-3:] for ending in endings)


class _Plan:
    """Paths by how they are chosen, of folders that are added nearest first."""

    def __init__(self, sources: Iterable[Source]) -> None:
        names = frozenset[str]().union(*(source.names for source in sources))
        self._names = names | {form(name) for name in names for form in (str.upper, str.capitalize)}
        documents = frozenset[str]().union(*(one.suffixes for one in sources))
        self._documents = tuple(documents - {".py", *SHELL_SUFFIXES})
        self._tails = _tails((".py", *SHELL_SUFFIXES, *self._documents))
        self.manifests: list[str] = []
        self.shell: list[str] = []
        self.documents: list[str] = []
        self.python: dict[_Kind, list[str]] = {kind: [] for kind in _MOST}

    def add(self, folder: str, names: Iterable[str]) -> None:
        depth = folder.count("/") + 1 if folder else 0
        prefix = f"{folder}/" if folder else ""
        if depth <= _OTHER_DEPTH:
            self.manifests += [prefix + name for name in sorted(self._names.intersection(names))]
        tails, is_near = self._tails, depth <= _OTHER_DEPTH
        # Hidden files are what editors and tools leave behind.
        for name in sorted([one for one in names if one[-3:] in tails and one[0] != "."]):
            if name in self._names:
                continue
            if name.endswith(".py"):
                kind = _kind(name)
                if kind == "entry" or (is_near and len(self.python[kind]) < _MOST[kind]):
                    self.python[kind].append(prefix + name)
            elif name.endswith(SHELL_SUFFIXES):
                self.shell.append(prefix + name)
            elif name.endswith(self._documents):
                self.documents.append(prefix + name)
        if len(self.documents) >= _DOCUMENTS:
            self._tails = _tails((".py", *SHELL_SUFFIXES))


def reading_list(tree: Tree, sources: Iterable[Source]) -> tuple[str, ...]:
    """The files to read, in no promised order."""
    plan = _Plan(tuple(sources))
    for folder, names in sorted(tree.in_folders(), key=lambda one: (one[0].count("/"), one[0])):
        if not _aside(folder):
            plan.add(folder, names)
    return (
        *plan.manifests,
        *plan.documents[:_DOCUMENTS],
        *plan.shell[:_SHELL],
        *(path for kind in _MOST for path in plan.python[kind][: _MOST[kind]]),
    )
