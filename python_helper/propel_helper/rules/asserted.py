"""What an ``assert`` that failed was about: a path, a GPU, or settings alone."""

from __future__ import annotations

import ast
import builtins
import re

from propel_helper.facts.crash import Crash
from propel_helper.facts.surroundings import Surroundings
from propel_helper.rules import own, settings_in_code, statements

_PATH_TESTS = frozenset({"exists", "isfile", "isdir", "is_file", "is_dir", "lexists"})
_GPU_TESTS = frozenset({"is_available", "device_count"})
_SETTINGS = re.compile(settings_in_code.NAME.removeprefix(r"\b(?:self\.)?"), re.IGNORECASE)


def tested(crash: Crash, surroundings: Surroundings) -> ast.expr | None:
    """The condition that the person's own failing line asserts, as far as the log shows it."""
    frame = own.deepest(crash, surroundings)
    if frame is None or crash.frames[-1] != frame or not frame.code:
        return None
    statement = statements.parse_line(frame.code)
    return statement.test if isinstance(statement, ast.Assert) else None


def of_path(test: ast.expr) -> bool:
    """Whether it asks if a path is there."""
    return not _names_called(test).isdisjoint(_PATH_TESTS)


def of_gpu(test: ast.expr) -> bool:
    """Whether it asks PyTorch for a GPU."""
    return "cuda" in ast.dump(test) and not _names_called(test).isdisjoint(_GPU_TESTS)


def of_settings(test: ast.expr) -> bool:
    """Whether all that it compares are settings and constants."""
    roots = [node.id for node in ast.walk(test) if isinstance(node, ast.Name)]
    settings = [
        ast.unparse(node)
        for node in ast.walk(test)
        if isinstance(node, ast.Attribute | ast.Subscript)
        and _SETTINGS.fullmatch(_holder(node)) is not None
    ]
    own_names = [root for root in roots if not hasattr(builtins, root) and root != "self"]
    return bool(settings) and all(
        any(one == root or one.startswith((f"{root}.", f"{root}[")) for one in settings)
        for root in own_names
    )


def _holder(node: ast.Attribute | ast.Subscript) -> str:
    """Last name of what the attribute or entry is taken of."""
    return ast.unparse(node.value).rpartition(".")[2]


def _names_called(test: ast.expr) -> set[str]:
    calls = [node.func for node in ast.walk(test) if isinstance(node, ast.Call)]
    return {
        func.attr if isinstance(func, ast.Attribute) else func.id
        for func in calls
        if isinstance(func, ast.Attribute | ast.Name)
    }
