"""``from old import a, b`` once its names lie in other modules, in one line or over several."""

from __future__ import annotations

import ast
import re
from collections.abc import Mapping

from propel_helper.facts.finding import Edit
from propel_helper.facts.lines import lines_of
from propel_helper.rules import call_edits

_BEHIND = re.compile(r"[ \t]*,?(?P<comment>[ \t]*(?:#[^\n]*)?)$")


def edits(file: str, text: str, node: ast.ImportFrom, table: Mapping[str, str]) -> list[Edit]:
    """The edits that import each name from the module that ``table`` has for it; none if that is unsure."""
    module = node.module or ""
    rows = lines_of(text)[node.lineno - 1 : node.end_lineno]
    indent = rows[0][: len(rows[0]) - len(rows[0].lstrip())]
    start, end = _span(text, node)
    groups: dict[str, list[str]] = {}
    for alias in node.names:
        home, words = _now(module, alias, table)
        groups.setdefault(home, []).append(words)
    same = all(alias.name == words.partition(" ")[0] for words, alias in _pairs(groups, node))
    if len(groups) == 1 and same and "" not in groups:
        at = text.index(module, start)
        return [call_edits.between(file, text, at, at + len(module), next(iter(groups)))]
    if ";" in rows[0] or rows[0][: node.col_offset].strip():
        return []
    if len(rows) > 1:
        return _taken_out(file, text, node, table)
    written = [
        f"from {home} import {', '.join(names)}" if home else f"import {', '.join(names)}"
        for home, names in groups.items()
    ]
    return [call_edits.between(file, text, start, end, f"\n{indent}".join(written))]


def _now(module: str, alias: ast.alias, table: Mapping[str, str]) -> tuple[str, str]:
    """The module that a name is in now, and how it is imported from there."""
    new = table.get(f"{module}.{alias.name}", f"{module}.{alias.name}")
    home, _, name = new.rpartition(".")
    bound = alias.asname or alias.name
    return home, name if name == bound else f"{name} as {bound}"


def _taken_out(file: str, text: str, node: ast.ImportFrom, table: Mapping[str, str]) -> list[Edit]:
    """The edits of an import over several lines: its moved names go, with their comments, to lines above."""
    module, rows = node.module or "", lines_of(text)
    moved = [alias for alias in node.names if f"{module}.{alias.name}" in table]
    head = rows[node.lineno - 1].partition("#")[0].rstrip()
    if len(moved) == len(node.names) or not head.endswith("("):
        return []
    indent = rows[node.lineno - 1][: node.col_offset]
    found, written = [], ""
    for alias in moved:
        row = rows[alias.lineno - 1]
        inside = row.encode()
        before = inside[: alias.col_offset].decode()
        behind = _BEHIND.match(inside[alias.end_col_offset :].decode().rstrip("\r\n"))
        if before.strip() or behind is None:
            return []
        home, words = _now(module, alias, table)
        line = f"from {home} import {words}" if home else f"import {words}"
        written += f"{indent}{line}{behind['comment'].rstrip()}\n"
        found.append(Edit(file, alias.lineno, 0, alias.lineno + 1, 0, row, ""))
    return [Edit(file, node.lineno, 0, node.lineno, 0, "", written), *found]


def _pairs(groups: dict[str, list[str]], node: ast.ImportFrom) -> list[tuple[str, ast.alias]]:
    return list(zip([name for names in groups.values() for name in names], node.names, strict=True))


def _span(text: str, node: ast.stmt) -> tuple[int, int]:
    start = call_edits.offset(text, node.lineno, node.col_offset)
    return start, call_edits.offset(text, node.end_lineno or 0, node.end_col_offset or 0)
