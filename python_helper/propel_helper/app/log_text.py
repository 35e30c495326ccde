"""Raw bytes of a log as a terminal would show them, line by line."""

from __future__ import annotations

import re

from propel_helper.tracebacks.lines import clean

LONGEST = 4096
"""Bytes of one line that are shown."""

# C1 controls, and Unicode's direction marks, which could show a line as what it is not.
_MOVING = re.compile("[\x80-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")


def shown(raw: bytes) -> str:
    """One line without terminal codes; of a progress bar its last drawing."""
    return text_of(last_drawing(raw))


def text_of(raw: bytes) -> str:
    """Bytes as text without terminal codes, its beginning when it is long."""
    text = raw[:LONGEST].decode("utf-8", "replace")
    if text.isprintable():
        return text
    return _MOVING.sub("", clean(text.replace("\t", "    ")))


def last_drawing(raw: bytes) -> bytes:
    r"""What was drawn last over a line: after the last ``\r`` or run of ``\b`` (Keras 2)."""
    for piece in reversed(re.split(rb"[\r\x08]+", raw[-4 * LONGEST :])):
        if piece.strip():
            return piece
    return b""
