"""Which of two ways a document meant a script that is not where it says: in its folder, or by it."""

from __future__ import annotations

import posixpath
import re
from dataclasses import replace

from propel_helper.scan.invocation import How
from propel_helper.scan.reading import Mention
from propel_helper.scan.resolve import Place
from propel_helper.scan.spoken import CLONED
from propel_helper.scan.told import DOCUMENTED
from propel_helper.scan.tree import Tree, joined
from propel_helper.scan.whereabouts import paths


def settled(tree: Tree, mention: Mention, at: Place) -> tuple[Mention, Place]:
    """``mention`` with the whole path of its script, where the folders of its other paths say so.

    ``python train.py -c config/a.py`` with ``config/`` at the top and ``scripts/train.py`` is not
    started in ``scripts/``.
    """
    if mention.source in DOCUMENTED and _by_clone(tree, mention, at):
        return _rewritten(mention, at)
    guessed = at.written and not at.exact and at.cwd and not at.rivals
    if mention.source not in DOCUMENTED or mention.starts.how is not How.FILE or not guessed:
        return mention, at
    handed = tuple(paths(mention.starts.arguments))
    if _held(tree, "", handed) <= _held(tree, at.cwd, handed):
        return mention, at
    return _rewritten(mention, at)


def _rewritten(mention: Mention, at: Place) -> tuple[Mention, Place]:
    """``mention`` as it is started at the top, by the whole path of its script."""
    text = mention.text.replace(mention.starts.target, at.entry, 1)
    starts = replace(mention.starts, target=at.entry)
    return replace(mention, text=text, starts=starts), replace(at, cwd="", written=False)


def _by_clone(tree: Tree, mention: Mention, at: Place) -> bool:
    """Whether the path begins with the name that a clone of the project has, and goes on from the top."""
    name, _, path = posixpath.normpath(mention.starts.target).partition("/")
    if at.written or at.rivals or path != at.entry or name in tree.folders:
        return False
    own = re.search(rf"(?:^|[^A-Za-z0-9]){re.escape(name)}(?:-main|-master)?$", tree.top_name)
    return own is not None or f"{CLONED}{name}" in mention.folders


def _held(tree: Tree, base: str, handed: tuple[str, ...]) -> int:
    """How many of ``handed`` are there, seen from ``base``, or have a folder there to be put in."""
    folders = (joined(base, posixpath.dirname(path)) for path in handed if "/" in path)
    return sum(folder in tree.folders for folder in folders if folder)
