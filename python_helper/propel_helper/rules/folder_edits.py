"""Edits that make the folder of a path before it is written to."""

from __future__ import annotations

import ast

from propel_helper.facts.crash import Frame
from propel_helper.facts.finding import Edit, Fix, Safety
from propel_helper.rules import imports, statements, writing
from propel_helper.rules.words import code


def before(
    frame: Frame, text: str, tree: ast.Module, statement: ast.stmt, write: writing.Write
) -> Fix | None:
    """The folder made in a statement of its own, or by the very call that makes one."""
    if write.mkdir is not None:
        return _makedirs(frame, text, write.mkdir)
    lines = text.split("\n")
    line = lines[statement.lineno - 1]
    indent = line[: len(line) - len(line.lstrip())]
    if line[: statement.col_offset].strip() or not _can_stand_before(statement, write.path):
        return None
    path = statements.source(text, write.path)
    at = statement.lineno
    edits: list[Edit] = []
    # A bare file name has no folder, which `makedirs` refuses.
    or_here = "" if _has_folder(write.path) else ' or "."'
    if imports.has_module(tree, "os", at):
        added = f"os.makedirs(os.path.dirname({path}){or_here}, exist_ok=True)"
    elif imports.has_name(tree, "pathlib", "Path", at):
        added = f"Path({path}).parent.mkdir(parents=True, exist_ok=True)"
    else:
        added = f"os.makedirs(os.path.dirname({path}){or_here}, exist_ok=True)"
        edits.append(imports.add_import(frame.file, tree, "import os"))
    edits.insert(0, Edit(frame.file, at, 0, at, 0, "", indent + added + "\n"))
    return Fix(
        "create-folder",
        "Create the folder before writing",
        f"creating the folder with {code(added)} on the line before",
        Safety.SAFE,
        tuple(edits),
    )


def _has_folder(path: ast.expr) -> bool:
    """Whether a path names a folder whatever its names hold: it is joined, or a ``/`` is written in it."""
    if isinstance(path, ast.Call) and statements.dotted(path.func).endswith("path.join"):
        return len(path.args) > 1
    if isinstance(path, ast.BinOp) and isinstance(path.op, ast.Div):
        return True
    written = [node.value for node in ast.walk(path) if isinstance(node, ast.Constant)]
    return any(isinstance(text, str) and "/" in text for text in written)


def _can_stand_before(statement: ast.stmt, path: ast.expr) -> bool:
    simple = (ast.Expr, ast.Assign, ast.AnnAssign, ast.AugAssign, ast.Return)
    if not isinstance(statement, (*simple, ast.With, ast.AsyncWith)):
        return False
    if isinstance(statement, (ast.With, ast.AsyncWith)):
        bound = [item.optional_vars for item in statement.items if item.optional_vars]
        if any(statements.names_in(name) & statements.names_in(path) for name in bound):
            return False
    return statements.free_of_effects(path)


def _makedirs(frame: Frame, text: str, mkdir: ast.Call) -> Fix | None:
    """``os.mkdir(p)`` -> ``os.makedirs(p)``; ``p.mkdir()`` -> ``p.mkdir(parents=True)``."""
    function = mkdir.func
    if not isinstance(function, ast.Attribute) or mkdir.end_lineno is None:
        return None
    line, end = function.end_lineno or 0, function.end_col_offset or 0
    if statements.dotted(function) == "os.mkdir":
        column = end - len("mkdir")
        old, new = "mkdir", "makedirs"
    else:
        line, column = mkdir.end_lineno, (mkdir.end_col_offset or 0) - 1
        old, new = "", ", parents=True" if mkdir.args or mkdir.keywords else "parents=True"
    row = text.split("\n")[line - 1]
    column = len(row.encode()[:column].decode("utf-8", "replace"))
    edit = Edit(frame.file, line, column, line, column + len(old), old, new)
    return Fix(
        "create-parents",
        "Create the folders above as well",
        f"creating the folders above as well ({code(new.removeprefix(', '))})",
        Safety.SAFE,
        (edit,),
    )
