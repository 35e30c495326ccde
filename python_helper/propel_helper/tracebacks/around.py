"""What a log says right above and right below a crash."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

from propel_helper.facts.crash import Crash
from propel_helper.tracebacks.lines import Line

_MOST = 30
"""Lines above a crash, and below it, that are kept with it."""


def around(crash: Crash, lines: Sequence[Line]) -> Crash:
    """``crash`` with the lines around it, blank ones left out."""
    starts = [line.start for line in lines]
    first, last = bisect_left(starts, crash.start), bisect_left(starts, crash.end)
    above = tuple(line.text for line in lines[max(first - _MOST * 2, 0) : first] if line.text)
    below = tuple(line.text for line in lines[last : last + _MOST] if line.text)
    return replace(crash, above=above[-_MOST:], below=below)
