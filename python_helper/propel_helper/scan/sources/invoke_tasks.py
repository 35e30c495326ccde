"""Tasks of invoke's ``tasks.py`` (https://docs.pyinvoke.org/en/stable/getting-started.html)."""

from __future__ import annotations

import ast

from propel_helper.scan.reading import Mention, Reading
from propel_helper.scan.recipes import Task, recipe
from propel_helper.scan.sources import Source
from propel_helper.scan.syntax import parsed


def _is_task(node: ast.expr) -> bool:
    mark = node.func if isinstance(node, ast.Call) else node
    return (isinstance(mark, ast.Name) and mark.id == "task") or (
        isinstance(mark, ast.Attribute) and mark.attr == "task"
    )


def _body(function: ast.FunctionDef) -> str:
    """Shell text that the task hands to ``run``."""
    found = []
    for node in ast.walk(function):
        called = node.func if isinstance(node, ast.Call) else None
        if (
            isinstance(node, ast.Call)
            and isinstance(called, ast.Attribute)
            and called.attr == "run"
        ):
            for one in node.args[:1]:
                if isinstance(one, ast.Constant) and isinstance(one.value, str):
                    found.append(one.value)
                elif isinstance(one, ast.JoinedStr):
                    found.append(
                        "".join(
                            str(part.value) if isinstance(part, ast.Constant) else "$x"
                            for part in one.values
                        )
                    )
    return "\n".join(found)


def _read(path: str, text: str) -> Reading:
    tree = parsed(text) if "invoke" in text else None
    found: list[Mention] = []
    for node in tree.body if tree else []:
        if isinstance(node, ast.FunctionDef) and any(map(_is_task, node.decorator_list)):
            name = node.name.replace("_", "-")
            said = (ast.get_docstring(node) or "").split("\n")[0]
            found.append(
                recipe(Task("invoke", name, f"invoke {name}", _body(node), node.lineno, said), path)
            )
    return Reading(tuple(found))


SOURCE = Source("invoke", _read, names=frozenset(("tasks.py",)))
