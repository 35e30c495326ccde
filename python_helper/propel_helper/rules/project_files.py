"""Files of the project that take part in a run: the crash's own, the script's, and what they import."""

from __future__ import annotations

import ast
import posixpath
import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from propel_helper.facts.crash import Crash
from propel_helper.facts.surroundings import Surroundings
from propel_helper.rules import imports, statements
from propel_helper.rules.launch_text import Launch, launch_of

_DEEPEST = 2
"""How many imports lead from such a file to the farthest one that is looked at."""
_MOST = 40
_IMPORT = re.compile(
    r"^[ \t]*(?:import[ \t]+(?P<whole>[\w., \t]+)|from[ \t]+(?P<dots>\.*)(?P<module>[\w.]*)[ \t]+import[ \t]*"
    r"(?P<names>\([^()]*\)|[^\n]+))",
    re.MULTILINE,
)
_AS = re.compile(r"\bas[ \t]+\w+|#[^\n]*")
_NAME = re.compile(r"[A-Za-z_][\w.]*")


def of_crash(crash: Crash, surroundings: Surroundings) -> tuple[str, ...]:
    """Files of the crash's own frames, the deepest first, the script's, and those that they import."""
    files = [frame.file for frame in reversed(crash.frames) if surroundings.is_own(frame.file)]
    launch = launch_of(surroundings)
    return _with_imported(
        [*files, *(_scripts(launch, surroundings) if launch else ())], surroundings
    )


def of_launch(launch: Launch, surroundings: Surroundings) -> tuple[str, ...]:
    """The file of the script, or module, that a launch starts, and those that it imports."""
    return _with_imported(_scripts(launch, surroundings), surroundings)


@dataclass(frozen=True)
class Parser:
    """A file that declares options of a program, and its ``add_argument`` calls."""

    file: str
    text: str
    calls: tuple[ast.Call, ...]


def parsers(launch: Launch, surroundings: Surroundings) -> list[Parser]:
    """The script, if it declares options; else the files that it imports which do."""
    found = []
    for file in of_launch(launch, surroundings):
        text = surroundings.text(file) or ""
        tree = statements.parse(text) if "add_argument" in text else None
        calls = tuple(_declaring(tree)) if tree else ()
        if calls:
            found.append(Parser(file, text, calls))
        if calls and file in _scripts(launch, surroundings):
            break
    return found


def _declaring(tree: ast.Module) -> Iterator[ast.Call]:
    """The ``add_argument`` calls of a file."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and statements.dotted(node.func).endswith("add_argument"):
            yield node


def imported(file: str, text: str, surroundings: Surroundings) -> Iterator[str]:
    """Files of the project that a module's imports name, in the text's order.

    Read line by line: a tree of each module on the way takes too long.
    """
    for name, level in dict.fromkeys(_named(text)):
        foreign = not level and name.partition(".")[0] in sys.stdlib_module_names
        found = None if foreign else module_file(file, name, level, surroundings)
        if found is not None:
            yield found


def _named(text: str) -> Iterator[tuple[str, int]]:
    """Modules that the imports of a text may name, each with the dots before it."""
    for match in _IMPORT.finditer(text):
        if match["whole"]:
            yield from ((name, 0) for name in _NAME.findall(_AS.sub("", match["whole"])))
            continue
        module, level = match["module"], len(match["dots"])
        yield module, level
        for name in _NAME.findall(_AS.sub("", match["names"])):
            yield (f"{module}.{name}" if module else name), level


def module_file(file: str, module: str, level: int, surroundings: Surroundings) -> str | None:
    """The project's file of a module or a package that ``file`` imports."""
    for name in (module, f"{module}.__init__" if module else "__init__"):
        found = imports.file_of(file, name, level, surroundings) if name else None
        if found is not None and _is_reached(file, name, found, surroundings):
            return found
    return None


def _is_reached(file: str, module: str, found: str, surroundings: Surroundings) -> bool:
    """Whether the file lies where the import leads, not somewhere else under the same name.

    In a folder around ``file``; a module of a package (``toy.paths``) also below another folder (``src/``).
    """
    path, shown = module.replace(".", "/") + ".py", surroundings.shown(found)
    folder = posixpath.dirname(surroundings.shown(file))
    around = [folder]
    while folder not in {"", "/"}:
        folder = posixpath.dirname(folder)
        around.append(folder)
    beside = {posixpath.normpath(posixpath.join(one, path)) for one in around}
    return shown in beside or ("/" in path and f"/{shown}".endswith(f"/{path}"))


def _scripts(launch: Launch, surroundings: Surroundings) -> tuple[str, ...]:
    name = launch.words[launch.script].value
    if name.endswith(".py"):
        return (name,) if surroundings.text(name) is not None else ()
    path = name.replace(".", "/")
    tries = (f"{path}.py", posixpath.join(path, "__main__.py"))
    return tuple(one for one in tries if surroundings.text(one) is not None)


def _with_imported(files: Iterable[str], surroundings: Surroundings) -> tuple[str, ...]:
    found: dict[str, str] = {}
    ring = list(files)
    for left in reversed(range(_DEEPEST + 1)):
        fresh = {surroundings.shown(file): file for file in reversed(ring)}
        more = [name for name in reversed(fresh) if name not in found][: _MOST - len(found)]
        found |= {name: fresh[name] for name in more}
        if left == 0 or len(found) >= _MOST:
            break
        ring = [
            other
            for name in more
            for other in imported(fresh[name], surroundings.text(fresh[name]) or "", surroundings)
        ]
    return tuple(found.values())
