"""Messages that a terminal or a logger broke at its width, put together again.

A terminal breaks at its last column, whatever stands there; ``fold -s``, Rich and loggers break between words.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

_NARROWEST = 40
"""Columns; nothing that prints logs breaks them earlier."""
_WIDEST = 200
"""Wider lines are a framework's own."""
_ENDS = (".", ":", ";", "!", "?")
# The next word of a sentence; a name, or what stands before a colon, begins something of its own.
_GOES_ON = re.compile(r"(?!\w+:(?:\s|$))[a-z]|\d|[(\[]")


def joined(texts: Sequence[str], stack: Sequence[str]) -> list[str]:
    """``texts``, a message's lines as printed, those together that were one; ``stack``: the lines above them.

    The first of ``texts`` begins with the exception's type. No line of the whole is wider than the width.
    """
    every = [text for text in (*stack, *texts) if text]
    widest = max((len(text) for text in every), default=0)
    if not _NARROWEST <= widest <= _WIDEST or len(texts) < 2:
        return list(texts)
    # Words don't fill two lines to the last column.
    full = sum(len(text) == widest for text in texts[:-1]) > 1
    full = full and all(len(text) >= widest - 1 for text in texts[:-1])
    told = [texts[0]]
    for above, text in pairwise(texts):
        between = _between(above, text, widest, full=full)
        if between is None:
            told.append(text)
        else:
            told[-1] += between + text
    return told


def _between(above: str, text: str, widest: int, *, full: bool) -> str | None:
    """What stood between two lines that were one: nothing or a blank; None where they were two."""
    if not above or not text or text[0] in "+|" or above[-1] in "+|":
        return None
    if len(above) == widest and (full or _in_quotes(above)):
        return ""
    if full and len(above) == widest - 1:
        return " "  # the blank at its end is not kept
    ends = above.endswith(_ENDS) and text[0] not in "(["
    if text[0] in " \t" or ends or len(above) < _NARROWEST:
        return None
    fits = len(above) + 1 + len(text.split(" ", 1)[0]) <= widest
    return " " if not fits and (_GOES_ON.match(text) or above[-1] in ",(") else None


def _in_quotes(text: str) -> bool:
    """Whether a quoted path without a blank is open at the end of ``text``."""
    for quote in "'\"":
        if text.count(quote) % 2:
            last = text.rpartition(quote)[2]
            return " " not in last and ("/" in last or "\\" in last)
    return False
