"""Values of a TOML file that TOML has no word for, and how it would have them."""

from __future__ import annotations

import re
import sys

from propel_helper.facts.finding import Edit
from propel_helper.facts.lines import lines_of

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

_BARE = re.compile(
    r"^[ \t]*(?P<key>[\w.\"'-]+)[ \t]*=[ \t]*(?P<value>[A-Za-z_~./][\w.~/:@+-]*)[ \t\r]*(?:#[^\n]*)?$"
)
_HALF = re.compile(
    r"^[ \t]*[\w.\"'-]+[ \t]*=[ \t]*[-+]?(?P<value>\.\d+(?:[eE][-+]?\d+)?)[ \t\r]*(?:#[^\n]*)?$"
)
_LACKS_A_QUOTE = re.compile(
    r"^[ \t]*[\w.-]+[ \t]*=[ \t]*(?P<text>[\"'][^\"'#\\]*[^\"'#\\\s]|[A-Za-z_./~][^\"'#\\\s]*[\"'])[ \t\r]*$"
)
_KEY = re.compile(r"[ \t]*[\"']?(?P<key>[\w-]+)[\"']?[ \t]*=")
_PYTHON = {"True": "true", "False": "false"}
# Other languages' words for nothing and for true, which TOML has no word for or has another.
_OTHERS = frozenset({"none", "null", "nil", "yes", "no", "on", "off", "y", "n", "true", "false"})
_NUMBER = re.compile(r"\.?\d|nan$|inf$", re.IGNORECASE)


def written(file: str, text: str, line: int) -> tuple[Edit, ...]:
    """Edits that write the bare word of ``line`` as TOML has it, and with it the others alike.

    A word becomes a text in quotes, Python's ``True`` becomes ``true``. Empty where the word may mean
    something else: a number, nothing, yes or no, the value of another key.
    """
    rows = lines_of(text)
    keys = {found["key"] for found in map(_KEY.match, rows) if found}
    edits = [
        edit
        for number, row in enumerate(rows, 1)
        if (edit := _edit(file, number, row)) and edit.old_text.rpartition(".")[2] not in keys
    ]
    return _ordered(edits, text, line)


def numbers(file: str, text: str, line: int) -> tuple[Edit, ...]:
    """Edits that write ``0.1`` for the ``.1`` of ``line``, and with it the others alike."""
    edits = []
    for number, row in enumerate(lines_of(text), 1):
        if (found := _HALF.match(row.rstrip("\n"))) is not None:
            start = found.start("value")
            edits.append(Edit(file, number, start, number, start, "", "0"))
    return _ordered(edits, text, line)


def with_quote(file: str, text: str, line: int) -> tuple[Edit, ...]:
    """The edit that writes the quote which the text of ``line`` lacks at one end; none unless it is TOML then."""
    rows = lines_of(text)
    found = _LACKS_A_QUOTE.match(rows[line - 1].rstrip("\n")) if 0 < line <= len(rows) else None
    if found is None:
        return ()
    opens = found["text"][0] in "\"'"
    at, quote = (
        (found.end("text"), found["text"][0]) if opens else (found.start("text"), found["text"][-1])
    )
    row = rows[line - 1]
    try:
        tomllib.loads("".join([*rows[: line - 1], row[:at] + quote + row[at:], *rows[line:]]))
    except (tomllib.TOMLDecodeError, RecursionError):
        return ()
    return (Edit(file, line, at, line, at, "", quote),)


def _ordered(edits: list[Edit], text: str, line: int) -> tuple[Edit, ...]:
    """The edit of ``line`` first; the others only where no line can be one of a longer text."""
    if not any(edit.line == line for edit in edits):
        return ()
    if '"""' in text or "'''" in text:
        edits = [edit for edit in edits if edit.line == line]
    return tuple(sorted(edits, key=lambda edit: (edit.line != line, edit.line)))


def _edit(file: str, number: int, row: str) -> Edit | None:
    found = _BARE.match(row.rstrip("\n"))
    if found is None or found["value"] in {"true", "false", "nan", "inf"}:
        return None
    value = found["value"]
    new = _PYTHON.get(value, f'"{value}"')
    if value not in _PYTHON and (value.casefold() in _OTHERS or _NUMBER.match(value)):
        return None
    return Edit(file, number, found.start("value"), number, found.end("value"), value, new)
