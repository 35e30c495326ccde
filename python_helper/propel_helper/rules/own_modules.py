"""The person's own files that a crash went through, and the project's modules that they import."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from propel_helper.facts.crash import Crash
from propel_helper.facts.surroundings import Surroundings
from propel_helper.rules import imports, statements

_MOST = 30
_DEEPEST = 2


def reached(crash: Crash, surroundings: Surroundings) -> dict[str, ast.Module]:
    """Trees of these files by their names, the deepest frame's first."""
    found: dict[str, ast.Module] = {}
    seen: set[str] = set()
    wanted = [one.file for one in reversed(crash.frames) if surroundings.is_own(one.file)]
    for _ in range(_DEEPEST + 1):
        new, wanted = wanted, []
        for file in new:
            # A frame and an import name the same file by different paths.
            if surroundings.shown(file) in seen or len(seen) >= _MOST:
                continue
            seen.add(surroundings.shown(file))
            tree = statements.parse(surroundings.text(file) or "")
            if tree is not None:
                found[file] = tree
                wanted += _imported(file, tree, surroundings)
    return found


def _imported(file: str, tree: ast.Module, surroundings: Surroundings) -> Iterator[str]:
    for node in ast.walk(tree):
        names: list[tuple[str, int]] = []
        if isinstance(node, ast.Import):
            names = [(one.name, 0) for one in node.names]
        elif isinstance(node, ast.ImportFrom):
            module = f"{node.module}." if node.module else ""
            names = [(node.module, node.level)] if node.module else []
            names += [(f"{module}{one.name}", node.level) for one in node.names]
        for name, level in names:
            other = imports.file_of(file, name, level, surroundings)
            if other is not None:
                yield other
