"""What an environment variable falls back to that the run is not given."""

from __future__ import annotations

import ast

from propel_helper.facts.surroundings import Surroundings
from propel_helper.rules import statements
from propel_helper.rules.launch_text import launch_of

_READERS = frozenset({"os.environ.get", "os.getenv", "environ.get", "getenv"})


def given_text(surroundings: Surroundings) -> str:
    """The texts in which a variable of the run may be set: the command's and its script's."""
    launch = launch_of(surroundings)
    return f"{surroundings.command or ''}\n{launch.text if launch else ''}"


def fallback(node: ast.expr, given: str) -> ast.expr | None:
    """``value`` of ``os.environ.get(NAME, value)`` and of ``os.getenv(NAME) or value``.

    None for anything else, and where ``given`` has the variable's name: the run sets it.
    """
    if isinstance(node, ast.BoolOp) and isinstance(node.op, ast.Or):
        *before, last = node.values
        return last if all(_is_unset(one, given) for one in before) else None
    if isinstance(node, ast.Call) and _is_unset(node, given):
        return statements.argument(node, 1, "default")
    return None


def _is_unset(node: ast.expr, given: str) -> bool:
    """Whether an expression reads a variable that ``given`` does not have."""
    if not isinstance(node, ast.Call) or statements.dotted(node.func) not in _READERS:
        return False
    name = statements.constant_text(statements.argument(node, 0, "key"))
    return bool(name) and str(name) not in given
