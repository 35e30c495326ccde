"""An import whose module is called almost as one of the project's own."""

from __future__ import annotations

import ast
import posixpath
import re
from dataclasses import dataclass

from propel_helper.facts.crash import Crash
from propel_helper.facts.finding import Edit, Fix, Safety
from propel_helper.facts.surroundings import PathKind, Surroundings
from propel_helper.rules import modules, own, slips, statements, texts
from propel_helper.rules.launch_text import launch_of
from propel_helper.rules.words import code

_INIT = "__init__.py"


@dataclass(frozen=True)
class Near:
    """The one module of the project that a missing one is a slip of.

    Attributes:
        name: its name.
        path: where it is: a file, or a package's folder.
        fix: the imports respelt, where it is one letter away and has what they take from it.
    """

    name: str
    path: str
    fix: Fix | None


def near(module: str, crash: Crash, surroundings: Surroundings) -> Near | None:
    """The module where Python looks that ``module``, which no package brings, is a slip of."""
    top = module.partition(".")[0]
    frame = own.deepest(crash, surroundings)
    if frame is None or modules.is_well_known(top):
        return None
    if not re.search(rf"\b(?:from|import)\s+{re.escape(top)}\b", frame.code or ""):
        return None
    folder = _folder(crash, surroundings)
    found = {
        name.removesuffix(".py"): posixpath.normpath(posixpath.join(folder, name))
        for name in surroundings.names(folder)
        if name.endswith(".py") or _is_package(posixpath.join(folder, name), surroundings)
    }
    name = slips.slip_of(top, tuple(found))
    if name is None or not name.isidentifier():
        return None
    edits = _edits(top, name, found[name], frame.file, surroundings)
    edits.sort(key=lambda edit: (edit.line != frame.line, edit.line))
    fix = None
    if edits and edits[0].line == frame.line and slips.distance(top, name) == 1:
        by = f"importing from {code(name)}, the project's own, instead of {code(top)}"
        fix = Fix("respell-import", f"Import from {name}", by, Safety.ASK, tuple(edits))
    return Near(name, found[name], fix)


def _folder(crash: Crash, surroundings: Surroundings) -> str:
    """The folder that Python looks in first: the script's, or for ``-m`` the one it starts in."""
    launch = launch_of(surroundings)
    if launch is not None and launch.words[launch.script - 1].value in {"-m", "--module"}:
        return "."
    first = next((one for one in crash.frames if surroundings.is_own(one.file)), None)
    return posixpath.dirname(surroundings.shown(first.file)) or "." if first else "."


def _is_package(path: str, surroundings: Surroundings) -> bool:
    return surroundings.kind(path) is PathKind.FOLDER and any(
        name.endswith(".py") for name in surroundings.names(path)
    )


def _edits(top: str, name: str, path: str, file: str, surroundings: Surroundings) -> list[Edit]:
    """``name`` for ``top`` in every import of ``file``; empty where it lacks what one of them takes."""
    text = surroundings.text(file)
    tree = statements.parse(text) if text else None
    if text is None or tree is None:
        return []
    starts = [match.start() for match in re.finditer(r"^", text, re.MULTILINE)]
    edits = []
    for node in ast.walk(tree):
        if not isinstance(node, (ast.Import, ast.ImportFrom)) or top not in _tops(node):
            continue
        if isinstance(node, ast.Import) or not _has(node, path, surroundings):
            return []
        written = re.compile(rf"from\s+(?P<top>{re.escape(top)})\b").search(
            text, starts[node.lineno - 1]
        )
        if written is None:
            return []
        edits.append(texts.edit_at(file, text, written.start("top"), top, name))
    return edits


def _tops(node: ast.Import | ast.ImportFrom) -> set[str]:
    if isinstance(node, ast.ImportFrom):
        return {(node.module or "").partition(".")[0]} if not node.level else set()
    return {alias.name.partition(".")[0] for alias in node.names}


def _has(node: ast.ImportFrom, path: str, surroundings: Surroundings) -> bool:
    """Whether the module at ``path`` has the submodule, and that the names, of an import from it."""
    below = (node.module or "").split(".")[1:]
    at = posixpath.join(path, *below)
    file = next(
        (
            one
            for one in (at, f"{at}.py", posixpath.join(at, _INIT))
            if one.endswith(".py") and surroundings.kind(one) is PathKind.FILE
        ),
        None,
    )
    text = surroundings.text(file) if file else None
    tree = statements.parse(text) if text else None
    found = defined(tree) if tree else set()
    return all(
        alias.name in found
        or surroundings.kind(posixpath.join(at, f"{alias.name}.py")) is PathKind.FILE
        for alias in node.names
    )


def defined(tree: ast.Module) -> set[str]:
    """Names that a module's top level binds."""
    found = set()
    for node in tree.body:
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            found.add(node.name)
        elif isinstance(node, (ast.Import, ast.ImportFrom)):
            found |= {alias.asname or alias.name for alias in node.names}
        elif isinstance(node, (ast.Assign, ast.AnnAssign)):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            found |= {name for target in targets for name in statements.names_in(target)}
    return found
