"""Which names a module's imports bind, and where one more import belongs."""

from __future__ import annotations

import ast
import posixpath

from propel_helper.facts.finding import Edit
from propel_helper.facts.surroundings import Surroundings


def has_module(tree: ast.Module, name: str, before: int) -> bool:
    """Whether ``import name`` stands in the file above line ``before``."""
    return any(
        isinstance(node, ast.Import)
        and node.lineno < before
        and any(
            alias.asname is None and alias.name.partition(".")[0] == name for alias in node.names
        )
        for node in _visible(tree)
    )


def aliases(tree: ast.Module, name: str) -> set[str]:
    """Names that ``import name as ...`` gives a module in the file."""
    return {
        alias.asname
        for node in ast.walk(tree)
        if isinstance(node, ast.Import)
        for alias in node.names
        if alias.name == name and alias.asname
    }


def has_name(tree: ast.Module, module: str, name: str, before: int) -> bool:
    """Whether ``from module import name`` stands in the file above line ``before``."""
    return any(
        isinstance(node, ast.ImportFrom)
        and node.module == module
        and node.lineno < before
        and any(alias.name == name and alias.asname is None for alias in node.names)
        for node in _visible(tree)
    )


def _visible(tree: ast.Module) -> list[ast.stmt]:
    """Statements at the module's top level: what they bind is seen everywhere below."""
    found: list[ast.stmt] = []
    for node in tree.body:
        found.append(node)
        if isinstance(node, ast.Try):
            found.extend(node.body)
    return found


def add_import(file: str, tree: ast.Module, statement: str) -> Edit:
    """The edit that puts ``statement`` before the first import, after docstring and futures.

    Before a function or class that comes first it follows these, and leaves two blank lines.
    """
    body = tree.body
    above: ast.stmt | None = None
    if body and isinstance(body[0], ast.Expr) and isinstance(body[0].value, ast.Constant):
        above, body = body[0], body[1:]
    while body and isinstance(body[0], ast.ImportFrom) and body[0].module == "__future__":
        above, body = body[0], body[1:]
    imports = [node for node in body if isinstance(node, (ast.Import, ast.ImportFrom))]
    at = (imports or body)[0]
    line = min([at.lineno, *(d.lineno for d in getattr(at, "decorator_list", []))])
    if imports or not isinstance(at, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
        return Edit(file, line, 0, line, 0, "", statement + "\n")
    under = above.end_lineno if above is not None else None
    if under is None or under >= line - 1:
        return Edit(file, line, 0, line, 0, "", statement + "\n\n\n")
    return Edit(file, under + 1, 0, under + 1, 0, "", f"\n{statement}\n")


def module_file(file: str, node: ast.ImportFrom, surroundings: Surroundings) -> str | None:
    """The project's file of ``from module import``, taken from beside the file or from its root."""
    return file_of(file, node.module or "", node.level, surroundings)


def file_of(file: str, module: str, level: int, surroundings: Surroundings) -> str | None:
    """The project's file of a module that ``file`` imports, ``level`` dots before its name."""
    folder = posixpath.dirname(file)
    for _ in range(level - 1):
        folder = posixpath.dirname(folder)
    path = module.replace(".", "/") + ".py"
    tries = [posixpath.join(folder, path)] if level else [path, posixpath.join(folder, path)]
    while not level and folder not in {"", "/"}:
        folder = posixpath.dirname(folder)
        tries.append(posixpath.join(folder, path))
    known = (one for one in tries if surroundings.is_own(one))
    return next((one for one in known if surroundings.text(one) is not None), None)
