"""nanoGPT's configurator: every plain global above ``exec(open(...).read())`` is ``--name=value``.

https://github.com/karpathy/nanoGPT/blob/master/configurator.py: files named among the arguments
are Python that overrides the globals.
"""

from __future__ import annotations

import ast

from propel_helper.facts.option import Option
from propel_helper.facts.wording import Wording
from propel_helper.scan.arguments import Library, Script
from propel_helper.scan.literals import called
from propel_helper.scan.modules import Module
from propel_helper.scan.signatures import comment_behind, names_path
from propel_helper.scan.syntax import parsed

_EXECUTES = Wording(r"exec\(\s*(?:compile\(\s*)?open\(")


def _reads_file(node: ast.stmt) -> bool:
    return (
        isinstance(node, ast.Expr)
        and isinstance(node.value, ast.Call)
        and called(node.value) == "exec"
        and any(isinstance(one, ast.Call) and called(one) == "open" for one in ast.walk(node.value))
    )


def _kind(node: ast.expr) -> str | None:
    """Type of a plain value; None for anything else, which the configurator does not take."""
    if isinstance(node, ast.Constant) and isinstance(node.value, (bool, int, float, str)):
        return type(node.value).__name__
    if isinstance(node, ast.UnaryOp):
        return _kind(node.operand)
    if isinstance(node, ast.IfExp):
        return _kind(node.body)
    if isinstance(node, ast.BinOp):
        parts = {_kind(node.left), _kind(node.right)}
        if None in parts or parts & {"str", "bool"}:
            return None
        return "float" if "float" in parts or isinstance(node.op, ast.Div) else "int"
    return None


def _assigned(node: ast.stmt) -> tuple[str, ast.expr] | None:
    if isinstance(node, ast.Assign) and len(node.targets) == 1:
        target, value = node.targets[0], node.value
    elif isinstance(node, ast.AnnAssign) and node.value is not None:
        target, value = node.target, node.value
    else:
        return None
    return (target.id, value) if isinstance(target, ast.Name) else None


def _text(node: ast.expr) -> str:
    return str(node.value) if isinstance(node, ast.Constant) else ast.unparse(node)


def _overrides(script: Script) -> dict[str, str]:
    """What the Python files among the arguments set."""
    found: dict[str, str] = {}
    for word in script.arguments:
        path = script.modules.files.tree.seen(script.cwd, word) if word.endswith(".py") else None
        text = script.modules.files.text(path) if path else None
        tree = parsed(text) if text is not None else None
        for name, value in filter(None, map(_assigned, tree.body if tree else ())):
            if _kind(value):
                found[name] = _text(value)
    return found


def _options(module: Module, script: Script) -> tuple[Option, ...]:
    body = module.tree.body
    end = next((at for at, node in enumerate(body) if _reads_file(node)), None)
    if end is None or not _EXECUTES.search(module.text):
        return ()
    overrides, found = _overrides(script), {}
    for node in body[:end]:
        name, value = _assigned(node) or ("", None)
        kind = _kind(value) if value is not None else None
        if value is None or kind is None or name.startswith("_"):
            continue
        found[name] = Option(
            name=f"--{name}",
            form="name=value",
            type=kind,
            default=overrides.get(name, _text(value)),
            help=comment_behind(module, node),
            takes_path=names_path(name, kind),
            file=module.path,
            line=node.lineno,
        )
    return tuple(found.values())


LIBRARY = Library("module globals", "exec(", _options)
