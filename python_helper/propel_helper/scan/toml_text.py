"""TOML texts as plain data; a broken one is an empty table."""

from __future__ import annotations

import sys

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
