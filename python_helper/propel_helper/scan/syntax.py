"""Python texts as syntax trees; nothing is run."""

from __future__ import annotations

import ast

LARGE = 400_000
"""Characters above which a file is judged by its text alone, without a syntax tree."""


def parsed(text: str) -> ast.Module | None:
    """The syntax tree, or None for text that this Python can't parse (or is very large)."""
    if len(text) > LARGE or "\0" in text:
        return None
    try:
        return ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
