"""Edits inside one call: a keyword more, or another text for one expression."""

from __future__ import annotations

import ast
import re

from propel_helper.facts.finding import Edit
from propel_helper.facts.lines import lines_of

_COMMENT = re.compile(r"#[^\n]*")


def offset(text: str, line: int, byte_column: int) -> int:
    """Offset in characters of a syntax tree's position (line from 1, column in UTF-8 bytes)."""
    lines = lines_of(text)
    row = lines[line - 1] if line <= len(lines) else ""
    inside = row.encode()[:byte_column].decode("utf-8", "replace")
    return sum(len(part) for part in lines[: line - 1]) + len(inside)


def start_of(text: str, node: ast.expr) -> int:
    """Offset of an expression's first character."""
    return offset(text, node.lineno, node.col_offset)


def end_of(text: str, node: ast.expr) -> int:
    """Offset just past an expression's last character."""
    return offset(text, node.end_lineno or node.lineno, node.end_col_offset or 0)


def replaced(file: str, text: str, node: ast.expr, new: str) -> Edit:
    """The edit that writes ``new`` for an expression."""
    return between(file, text, start_of(text, node), end_of(text, node), new)


def between(file: str, text: str, start: int, end: int, new: str) -> Edit:
    """The edit that writes ``new`` for the characters ``start`` to ``end``."""
    line, column = _position(text, start)
    end_line, end_column = _position(text, end)
    return Edit(file, line, column, end_line, end_column, text[start:end], new)


def with_keyword(
    file: str, text: str, call: ast.Call, keyword: str, value: str, *, unpacked: bool = False
) -> Edit | None:
    """The edit that gives ``call`` one keyword more; None where it has it, or can't take it.

    The keyword goes behind the last argument, before a trailing comma or a comment. ``unpacked``: what
    the call unpacks (``**more``) is known to be without it.
    """
    given = [known.arg for known in call.keywords]
    if keyword in given or (None in given and not unpacked):
        return None
    if any(isinstance(argument, ast.GeneratorExp) for argument in call.args):
        return None
    arguments = [*call.args, *(known.value for known in call.keywords)]
    close = end_of(text, call) - 1
    if not arguments:
        return between(file, text, close, close, f"{keyword}={value}")
    after = max(end_of(text, argument) for argument in arguments)
    tail = _COMMENT.sub(lambda found: " " * len(found[0]), text[after:close])
    after += tail.rfind(")") + 1
    return between(file, text, after, after, f", {keyword}={value}")


def quoted(text: str, word: str) -> str:
    """``word`` as a string literal with the quotes that ``text`` uses more."""
    mark = "'" if text.count("'") > text.count('"') else '"'
    return f"{mark}{word}{mark}"


def _position(text: str, at: int) -> tuple[int, int]:
    """Line (from 1) and column (from 0, in characters) of an offset."""
    before = lines_of(text[:at] + "|")
    return len(before), len(before[-1]) - 1
