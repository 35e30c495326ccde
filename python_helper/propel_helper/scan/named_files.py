"""Configs that a command names or its script falls back on, and that the project does not have.

Data, checkpoints and what is written may well come later; a config is what the authors wrote.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

from propel_helper.facts.wording import Wording
from propel_helper.scan.placeholders import placeholders
from propel_helper.scan.tree import Tree, joined

_CONFIG = Wording(r"^(?!/|~)[\w.-]+(?:/[\w.-]+)*\.(?:ya?ml|toml|gin|cfg|ini|jsonnet|py)$")
_JSON = Wording(r"^(?!/|~)[\w.-]+(?:/[\w.-]+)*\.json$")
_OPTION = Wording(r"conf|cfg|param|args?$|recipe", re.IGNORECASE)
_WRITES = Wording(r"out|save|log|export|write|result|dump|dest", re.IGNORECASE)
_OTHER = Wording(r"target|data|script", re.IGNORECASE)
_MINE = Wording(r"^my[_-]", re.IGNORECASE)


def named(arguments: Iterable[str]) -> Iterator[str]:
    """The configs among ``arguments``, as they are written there."""
    for before, word in pairwise(("", *arguments)):
        option, _, value = word.rpartition("=")
        option = option or (before if before.startswith("-") else "")
        if is_config(option, value):
            yield value


def is_config(option: str, value: str) -> bool:
    """Whether ``value``, given to ``option`` ("" for none), is the path of a config to read."""
    name = posixpath.basename(value)
    is_json = _JSON.match(value) is not None
    if not (is_json or _CONFIG.match(value)):
        return False
    if _WRITES.search(option) or placeholders(f"{option} {value}"):
        return False
    if _MINE.match(name):
        return True
    told = _OPTION.search(option) or _OPTION.search(name)
    return bool(told or not is_json) and not _OTHER.search(option)


def nowhere(tree: Tree, paths: Iterable[str], cwd: str, entry: str) -> tuple[str, ...]:
    """Those of ``paths`` that no file of the project has for the end of its own path.

    Programs look for configs in folders of their own, too.
    """
    found = dict.fromkeys(paths)
    return tuple(path for path in found if not _is_there(tree, path, cwd, entry))


def _is_there(tree: Tree, path: str, cwd: str, entry: str) -> bool:
    for base in (cwd, "", posixpath.dirname(entry)):
        whole = joined(base, path)
        # What leaves the project may be there for all that is known.
        if whole is None or whole in tree:
            return True
    return bool(tree.holding(path))


def is_mine(path: str) -> bool:
    """Whether a path is called ``my_config.yaml``: whoever follows the document writes that file."""
    return _MINE.match(posixpath.basename(path)) is not None
