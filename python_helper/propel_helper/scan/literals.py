"""Values that stand in a syntax tree as plain text: constants, lists of them, names of them."""

from __future__ import annotations

import ast

from propel_helper.scan.modules import Module


def called(node: ast.AST) -> str:
    """Dotted name of what a call calls, or of a name: ``click.option``; "" for anything else."""
    if isinstance(node, ast.Call):
        node = node.func
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        head = called(node.value)
        return f"{head}.{node.attr}" if head else node.attr
    return ""


def keyword(node: ast.Call, *names: str) -> ast.expr | None:
    """Value of the first keyword argument among ``names``."""
    for name in names:
        for one in node.keywords:
            if one.arg == name:
                return one.value
    return None


def text_of(node: ast.AST | None, module: Module) -> str | None:
    """The value as a person would type it; None when it is not a plain one."""
    if isinstance(node, ast.Constant):
        return None if node.value is None or node.value is ... else str(node.value)
    if isinstance(node, ast.JoinedStr):
        return "".join(text_of(part, module) or "…" for part in node.values)
    if isinstance(node, ast.FormattedValue):
        return text_of(node.value, module)
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        left, right = text_of(node.left, module), text_of(node.right, module)
        return left + right if left is not None and right is not None else None
    if isinstance(node, ast.Name) and node.id in module.constants:
        inner = module.constants[node.id]
        return text_of(inner, module) if not isinstance(inner, ast.Name) else None
    if isinstance(node, (ast.UnaryOp, ast.BinOp, ast.List, ast.Tuple, ast.Dict, ast.Attribute)):
        whole = ast.unparse(node)
        return whole if len(whole) < 80 else None
    return None


def texts_of(node: ast.AST | None, module: Module) -> tuple[str, ...]:
    """The values of a list, tuple, set, dict's keys, or of a name of one; () otherwise."""
    if isinstance(node, ast.Name) and node.id in module.constants:
        node = module.constants[node.id]
    if isinstance(node, ast.Call) and called(node) in ("sorted", "list", "tuple", "set"):
        return texts_of(node.args[0] if node.args else None, module)
    if isinstance(node, ast.Call) and called(node).endswith(".keys"):
        inner = node.func.value if isinstance(node.func, ast.Attribute) else None
        return texts_of(inner, module)
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        return texts_of(node.left, module) + texts_of(node.right, module)
    if isinstance(node, ast.Dict):
        parts: list[ast.expr | None] = list(node.keys)
    elif isinstance(node, (ast.List, ast.Tuple, ast.Set)):
        parts = list(node.elts)
    else:
        return ()
    found = (text_of(part, module) for part in parts)
    return tuple(one for one in found if one is not None)
