"""The block structure of a YAML file whose every line is a key, an item, a comment or empty.

What stands over more lines (``|``, ``>``, a text or brackets that go on) is not read: the answer is "not known".
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_ROW = re.compile(r"(?P<lead>[ ]*)(?P<items>(?:-[ ]+)*)(?P<rest>.*?)(?:[ \t]+#.*|[ \t])*$")
_KEY = re.compile(
    r"(?P<key>\"[^\"\\]*\"|'[^']*'|[A-Za-z0-9_./][\w./-]*)[ ]*:(?:[ ]+(?P<value>\S.*))?$"
)
_VALUE = re.compile(
    r"\"(?:[^\"\\]|\\.)*\"|'(?:[^']|'')*'|\[[^\[\]{}\"'#]*\]|\{[^\[\]{}\"'#]*\}"
    r"|(?![-?:] )[^\s\"'\[\]{}&*!|>%@`#,](?:(?!: | #).)*(?<!:)"
)


@dataclass(frozen=True)
class Entry:
    """A key or an item: how deep it stands, its name ("" for an item) and its value ("" without one)."""

    depth: int
    key: str
    value: str


def structure(rows: list[str]) -> tuple[Entry, ...] | None:
    """The file's entries in order; None where YAML would refuse it, or where that is not known."""
    found: list[Entry] = []
    around: list[tuple[int, str]] = []
    is_open = True
    for row in rows:
        text = row.rstrip("\r\n")
        if not text.strip() or text.lstrip(" ").startswith("#") or (text == "---" and not found):
            continue
        match = _ROW.match(text)
        if match is None or "\t" in match["lead"] or not match["rest"]:
            return None
        column = len(match["lead"])
        for item in re.findall(r"-[ ]+", match["items"]):
            if not _enter(around, column, "item", is_open=is_open):
                return None
            is_open, column = True, column + len(item)
        key = _KEY.match(match["rest"])
        value = key["value"] or "" if key else match["rest"]
        if (value and not _VALUE.fullmatch(value)) or not (key or match["items"]):
            return None
        if key and not _enter(around, column, "key", is_open=is_open):
            return None
        is_open = key is not None and not value
        found.append(Entry(len(around), key["key"] if key else "", value))
    return tuple(found)


def _enter(around: list[tuple[int, str]], column: int, kind: str, *, is_open: bool) -> bool:
    """Go to the block of ``column``; whether a line may stand there."""
    entered = not around or around[-1][0] < column
    while around and around[-1][0] > column:
        around.pop()
    if around and around[-1] == (column, "item") and kind == "key":
        around.pop()  # back from items that stand right below their key
    if around and around[-1] == (column, kind):
        return True
    below_its_key = bool(around) and around[-1] == (column, "key") and kind == "item"
    if not is_open or not (entered or below_its_key):
        return False
    around.append((column, kind))
    return True
