"""The SQLite file that a run opens, where its folder is not there."""

from __future__ import annotations

import ast
import posixpath
import shlex
from collections.abc import Iterator

from propel_helper.facts.crash import Crash
from propel_helper.facts.finding import Explanation
from propel_helper.facts.surroundings import PathKind, Surroundings
from propel_helper.facts.wording import Wording
from propel_helper.rules import own_modules
from propel_helper.rules.launch_text import launch_of
from propel_helper.rules.steps import guide
from propel_helper.rules.words import code

_FILE = Wording(r"(?:--[\w-]+=)?(?:sqlite:///)?(?P<path>[\w.~/-]+\.(?:db|db3|sqlite3?))")


def without_folder(crash: Crash, surroundings: Surroundings) -> Explanation | None:
    """Name the folder where the code and the command name one database file only, and it has none."""
    paths = {
        found["path"]
        for word in _words(crash, surroundings)
        if (found := _FILE.fullmatch(word)) is not None
    }
    path = paths.pop() if len(paths) == 1 else ""
    folder = posixpath.dirname(path)
    if not folder or surroundings.kind(folder) is not PathKind.MISSING:
        return None
    return Explanation(
        error="a database whose folder is not there",
        because=f"SQLite makes the file {code(path)} and not its folder, and {code(folder)} is not there",
        fixes=(
            guide(
                "make-the-folder",
                "Create the folder",
                f"Create the folder where the run starts (`mkdir -p {shlex.quote(folder)}`), or name another place "
                "for the database.",
            ),
        ),
    )


def _words(crash: Crash, surroundings: Surroundings) -> Iterator[str]:
    launch = launch_of(surroundings)
    yield from (word.value for word in (launch.words if launch else ()))
    for tree in own_modules.reached(crash, surroundings).values():
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield node.value
