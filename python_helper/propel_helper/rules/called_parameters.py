"""What the project's own classes and functions take by name, read from their source."""

from __future__ import annotations

import ast
import posixpath
from collections.abc import Iterator

from propel_helper.facts.surroundings import Surroundings
from propel_helper.rules import statements

_DEEPEST = 3
"""How many imports, or bases, a name is followed through."""


def parameters(name: str, file: str, surroundings: Surroundings) -> tuple[str, ...]:
    """Names that ``name`` (``Net.__init__``, ``Config``, ``build``), seen from ``file``, takes.

    Empty where its source is not found, or where it takes any name (``**kwargs``).
    """
    return tuple(typed(name, file, surroundings))


def typed(name: str, file: str, surroundings: Surroundings) -> dict[str, ast.expr | None]:
    """The same names, each with the type that the source gives it; None where it gives none."""
    return _taken(name.split("."), file, surroundings, _DEEPEST)


def _taken(
    parts: list[str], file: str, surroundings: Surroundings, depth: int
) -> dict[str, ast.expr | None]:
    text = surroundings.text(file) if depth and surroundings.is_own(file) else None
    tree = statements.parse(text) if text else None
    for node in tree.body if tree else ():
        if getattr(node, "name", None) == parts[0]:
            if isinstance(node, ast.ClassDef):
                return _of_class(node, parts[1:], file, surroundings, depth)
            if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
                return _of_function(node)
        if isinstance(node, ast.ImportFrom):
            for alias in node.names:
                if (alias.asname or alias.name) == parts[0]:
                    for other in files_of(file, node):
                        found = _taken([alias.name, *parts[1:]], other, surroundings, depth - 1)
                        if found:
                            return found
    return {}


def _of_class(
    node: ast.ClassDef, method: list[str], file: str, surroundings: Surroundings, depth: int
) -> dict[str, ast.expr | None]:
    wanted = method[0] if method else "__init__"
    for inner in node.body:
        if isinstance(inner, ast.FunctionDef) and inner.name == wanted:
            return _of_function(inner)
    found: dict[str, ast.expr | None] = {}
    for base in node.bases:
        found |= _base(base, file, surroundings, depth)
    if wanted == "__init__" and any("dataclass" in ast.dump(one) for one in node.decorator_list):
        found |= {
            inner.target.id: inner.annotation
            for inner in node.body
            if isinstance(inner, ast.AnnAssign)
            and isinstance(inner.target, ast.Name)
            and "ClassVar" not in ast.dump(inner.annotation)
        }
    return found


def _base(
    base: ast.expr, file: str, surroundings: Surroundings, depth: int
) -> dict[str, ast.expr | None]:
    name = statements.dotted(base)
    return _taken([name], file, surroundings, depth - 1) if name and "." not in name else {}


def _of_function(node: ast.FunctionDef | ast.AsyncFunctionDef) -> dict[str, ast.expr | None]:
    if node.args.kwarg is not None:
        return {}
    taken = (*node.args.args, *node.args.kwonlyargs)
    return {one.arg: one.annotation for one in taken if one.arg != "self"}


def files_of(file: str, node: ast.ImportFrom) -> Iterator[str]:
    """Where the module of ``from module import`` may lie: beside the file, else around it."""
    path = (node.module or "__init__").replace(".", "/")
    folder = posixpath.dirname(file)
    for _ in range(max(node.level - 1, 0)):
        folder = posixpath.dirname(folder)
    around = [folder]
    while not node.level and folder not in {"", "/"}:
        folder = posixpath.dirname(folder)
        around.append(folder)
    for one in around:
        yield posixpath.join(one, f"{path}.py")
        yield posixpath.join(one, path, "__init__.py")
