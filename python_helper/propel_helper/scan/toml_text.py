"""TOML texts as plain data; a broken one is an empty table."""

from __future__ import annotations

import sys
from collections.abc import Sequence

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib


def table(text: str) -> dict[str, object]:
    """The document as nested dicts (TOML 1.0), empty when it isn't valid."""
    try:
        loaded: dict[str, object] = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError, ValueError):
        return {}
    return loaded


def subtable(whole: object, *names: str) -> dict[str, object]:
    """The table at ``names`` below ``whole``, empty when there is none."""
    for name in names:
        whole = whole.get(name) if isinstance(whole, dict) else None
    return whole if isinstance(whole, dict) else {}


def line_of(lines: Sequence[str], name: str) -> int | None:
    """Line, from 1, that declares ``name``; None when it isn't written on a line of its own."""
    for at, line in enumerate(lines, start=1):
        key = line.strip().split("=")[0].strip().strip("\"'")
        table_name = line.strip().rstrip("]").rstrip("\"'")
        if key == name or table_name.endswith((f".{name}", f'."{name}', f".'{name}")):
            return at
    return None
