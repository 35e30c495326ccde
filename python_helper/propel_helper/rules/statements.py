"""The statement that a frame points at, read as a syntax tree; nothing is ever executed."""

from __future__ import annotations

import ast
import warnings
from collections.abc import Iterator

_JOINS = {"os.path.join", "osp.join", "op.join", "path.join", "join"}
_SAFE_CALLS = _JOINS | {"str", "Path", "pathlib.Path", "format", "os.fspath"}
_INNER_SCOPES = (ast.Lambda, ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)


def parse(text: str) -> ast.Module | None:
    """The tree of ``text``, or None when it does not parse."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", SyntaxWarning)
            return ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


def parse_line(code: str) -> ast.stmt | None:
    """The statement that a log shows under a frame, as far as one line of it parses."""
    for text in (code, f"{code} pass", f"try: pass\n{code} pass", f"{code})", f"{code}...)"):
        tree = parse(text)
        if tree is not None and tree.body:
            return tree.body[-1]
    return None


def statement_at(tree: ast.Module, line: int) -> ast.stmt | None:
    """The innermost statement whose own text (not its body's) has ``line``."""
    around = [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.stmt) and node.lineno <= line <= (node.end_lineno or node.lineno)
    ]
    return max(around, key=lambda node: (node.lineno, node.col_offset), default=None)


def statements_at(tree: ast.Module, line: int) -> list[ast.stmt]:
    """``statement_at`` and those that begin on its line: ``;`` stands between them, or one has the others."""
    inner = statement_at(tree, line)
    return [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.stmt) and inner is not None and node.lineno == inner.lineno
    ]


def calls(statement: ast.stmt) -> Iterator[ast.Call]:
    """Calls that ``statement`` makes itself: not those of its body, lambdas or comprehensions."""
    for node in expressions(statement):
        if isinstance(node, ast.Call):
            yield node


def expressions(statement: ast.stmt) -> Iterator[ast.expr]:
    """Expressions of ``statement`` itself, as ``calls``."""
    body = {id(inner) for inner in _body(statement)}
    waiting: list[ast.AST] = [statement]
    while waiting:
        node = waiting.pop(0)
        if isinstance(node, ast.expr):
            yield node
        waiting.extend(
            child
            for child in ast.iter_child_nodes(node)
            if id(child) not in body and not isinstance(child, _INNER_SCOPES)
        )


def _body(statement: ast.stmt) -> Iterator[ast.stmt]:
    for field in ("body", "orelse", "finalbody"):
        yield from getattr(statement, field, [])


def dotted(node: ast.expr) -> str:
    """``a.b.c`` of a name or attribute chain; the method's name alone behind anything else."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        before = dotted(node.value)
        return f"{before}.{node.attr}" if before else f".{node.attr}"
    return ""


def argument(call: ast.Call, position: int, *keywords: str) -> ast.expr | None:
    """An argument by its keyword or position."""
    for keyword in call.keywords:
        if keyword.arg in keywords:
            return keyword.value
    if position < 0 or any(isinstance(arg, ast.Starred) for arg in call.args[: position + 1]):
        return None
    return call.args[position] if position < len(call.args) else None


def constant_text(node: ast.expr | None) -> str | None:
    """The text of a string literal, else None."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    return None


def free_of_effects(node: ast.expr) -> bool:
    """Whether evaluating ``node`` once more changes nothing: names, literals, joins of paths."""
    if isinstance(node, (ast.Name, ast.Constant)):
        return True
    if isinstance(node, ast.Attribute):
        return free_of_effects(node.value)
    if isinstance(node, ast.Subscript):
        return free_of_effects(node.value) and isinstance(node.slice, (ast.Constant, ast.Name))
    if isinstance(node, ast.BinOp):
        safe = isinstance(node.op, (ast.Add, ast.Div, ast.Mod))
        return safe and free_of_effects(node.left) and free_of_effects(node.right)
    if isinstance(node, ast.Tuple):
        return all(free_of_effects(item) for item in node.elts)
    if isinstance(node, ast.JoinedStr):
        return all(free_of_effects(item) for item in node.values)
    if isinstance(node, ast.FormattedValue):
        return free_of_effects(node.value)
    if isinstance(node, ast.Call):
        name = dotted(node.func)
        known = name in _SAFE_CALLS or name.endswith(".format")
        function = name in _SAFE_CALLS or free_of_effects(node.func)
        values = [*node.args, *(keyword.value for keyword in node.keywords)]
        return known and function and all(free_of_effects(value) for value in values)
    return False


def names_in(node: ast.AST) -> set[str]:
    """Names that are read or written below ``node``."""
    return {found.id for found in ast.walk(node) if isinstance(found, ast.Name)}


def source(text: str, node: ast.expr) -> str:
    """The source of an expression, as written when it stands on one line."""
    segment = ast.get_source_segment(text, node)
    return segment if segment and "\n" not in segment else ast.unparse(node)
