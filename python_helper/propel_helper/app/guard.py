"""What no fix may touch, whatever its rule says: numbers, definitions and loops of Python code.

They are where a model, a loss, the data and an optimiser are made of. A fix may add a call, name
another device, import from elsewhere or give a call a keyword more; it may take nothing of these
away and change none.
"""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterator

from propel_helper.facts.finding import Edit, Fix
from propel_helper.facts.surroundings import Surroundings
from propel_helper.project.edits import edited

_SHAPES = (ast.For, ast.AsyncFor, ast.While, ast.Lambda, ast.AugAssign, ast.Return)


def reaches_training(fix: Fix, surroundings: Surroundings) -> bool:
    """Whether an edit of ``fix`` would change what training means; then it is not offered."""
    files = dict.fromkeys(
        step.file for step in fix.steps if isinstance(step, Edit) and step.file.endswith(".py")
    )
    return any(_changes(file, fix, surroundings) for file in files)


def _changes(file: str, fix: Fix, surroundings: Surroundings) -> bool:
    text = surroundings.text(file)
    edits = [step for step in fix.steps if isinstance(step, Edit) and step.file == file]
    try:
        before = ast.parse(text or "")
        after = ast.parse(edited(text or "", edits))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        # What did not parse before has no meaning yet; where an edit no longer fits, it is refused.
        return False
    kept, now = Counter(_meaning(before)), Counter(_meaning(after))
    return bool(kept - now) or _defined(before) != _defined(after)


def _meaning(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and type(node.value) in (int, float, complex):
            yield repr(node.value)
        elif isinstance(node, _SHAPES):
            yield type(node).__name__


def _defined(tree: ast.Module) -> list[tuple[str, ...]]:
    """Functions with their arguments, and classes with the last names of their bases, in order.

    A base may be taken from elsewhere under its own name (``collections.abc.MutableMapping``).
    """
    found: list[tuple[str, ...]] = []
    for node in ast.walk(tree):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            named = (*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs)
            found.append((node.name, *(argument.arg for argument in named)))
        elif isinstance(node, ast.ClassDef):
            found.append((node.name, *(_last_name(base) for base in node.bases)))
    return found


def _last_name(base: ast.expr) -> str:
    return base.attr if isinstance(base, ast.Attribute) else ast.unparse(base)
