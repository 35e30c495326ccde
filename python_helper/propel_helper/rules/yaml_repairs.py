"""A YAML line with one blank too many or too few, and a text whose closing quote is missing."""

from __future__ import annotations

import re

from propel_helper.facts.finding import Edit
from propel_helper.rules import yaml_lines

_OPENED = re.compile(
    r"(?P<before>[ ]*(?:-[ ]+)*(?:[\w./-]+[ ]*:[ ]+)?)(?P<quote>[\"'])(?P<text>[^\"'#\\]*[^\"'#\\\s])[ \t]*$"
)


def indented(file: str, rows: list[str], line: int) -> Edit | None:
    """The one blank more or less before one line with which the whole file can be read.

    None where two such changes make two different files of it. ``line`` (from 1): where the parser stopped.
    """
    if yaml_lines.structure(rows) is not None:
        return None
    found: list[tuple[Edit, tuple[yaml_lines.Entry, ...]]] = []
    for at, row in enumerate(rows):
        if not row.strip() or row.lstrip().startswith("#"):
            continue
        for wider in (False, True):
            if not wider and not row.startswith(" "):
                continue
            changed = f" {row}" if wider else row[1:]
            read = yaml_lines.structure([*rows[:at], changed, *rows[at + 1 :]])
            if read is not None:
                old, new = ("", " ") if wider else (" ", "")
                found.append((Edit(file, at + 1, 0, at + 1, len(old), old, new), read))
    if len({read for _, read in found}) != 1:
        return None
    edits = [edit for edit, _ in found]
    return min(edits, key=lambda edit: (abs(edit.line - line), edit.line))


def closed(file: str, rows: list[str], line: int) -> Edit | None:
    """The quote at the end of ``line`` (from 1) with which the whole file can be read."""
    row = rows[line - 1].rstrip("\r\n") if 0 < line <= len(rows) else ""
    found = _OPENED.match(row)
    if found is None:
        return None
    end = found.end("text")
    changed = f"{row[:end]}{found['quote']}{row[end:]}\n"
    if yaml_lines.structure([*rows[: line - 1], changed, *rows[line:]]) is None:
        return None
    return Edit(file, line, end, line, end, "", found["quote"])
