"""How the command line prints facts: JSON, or a table for people."""

from __future__ import annotations

import json
import sys
from dataclasses import fields, is_dataclass
from enum import Enum
from typing import Any


def plain(value: Any) -> Any:  # noqa: ANN401 - any fact becomes JSON data
    """Facts as JSON data: dataclasses become objects, enums their values, tuples arrays."""
    if is_dataclass(value) and not isinstance(value, type):
        return {item.name: plain(getattr(value, item.name)) for item in fields(value)}
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    if isinstance(value, dict):
        return {str(key): plain(item) for key, item in value.items()}
    return value


def print_json(value: Any) -> None:  # noqa: ANN401
    """One JSON document on standard output, in ASCII where the locale can't show it."""
    text = json.dumps(plain(value), ensure_ascii=False)
    try:
        text.encode(sys.stdout.encoding or "utf-8")
    except UnicodeEncodeError:
        text = json.dumps(plain(value))
    print(text)


def printable(text: str) -> str:
    """``text`` without anything that a terminal would act on, but for line ends."""
    return "".join(
        char if char.isprintable() or char == "\n" else "\N{REPLACEMENT CHARACTER}" for char in text
    )
