"""Use case: every line of a run's log that holds a text, however large the log is."""

from __future__ import annotations

import os
import re
import time
from collections.abc import Iterator

from propel_helper.app.log_pages import attempt_of, opened
from propel_helper.app.log_text import text_of
from propel_helper.facts.panel import LogHits, LogLine
from propel_helper.facts.problem import Problem
from propel_helper.runs.record import Record

BUDGET_S = 0.4
"""Seconds of one answer; who wants the rest asks again from ``LogHits.next``."""
MOST_HITS = 500
"""Hits of one answer."""
_CHUNK = 4 * 1024 * 1024
_LONGEST_LINE = 1024 * 1024
"""Bytes; a line that is longer is searched in pieces."""

_BREAKS = re.compile(rb"[\r\n\x08]+")
# ECMA-48 control sequences and OSC strings: a colour may stand in the middle of a word.
_ESCAPES = re.compile(
    rb"\x1b\[[0-?]*[ -/]*[@-~]|\x1b\][^\x07\x1b\n\r]*(?:\x07|\x1b\\)?|\x1b[^\n\r]?"
)


def search(record: Record, number: int, text: str, offset: int) -> LogHits:
    """The lines from ``offset`` on (at the beginning of a line) that hold ``text``.

    ASCII letters are found in either case. Of a progress bar's drawings the first that holds the
    text stands for its whole line.

    Raises:
        Problem: there is nothing to look for, no such attempt, or its log can't be read.
    """
    needle = text.encode("utf-8").lower()
    if not needle.strip():
        raise Problem("There is nothing to look for.", "Type a part of a line.")
    until = time.monotonic() + BUDGET_S
    found: list[LogLine] = []
    with opened(attempt_of(record, number)) as (handle, size):
        at = offset
        while at < size:
            data = _whole_lines(os.pread(handle, _CHUNK, at), at + _CHUNK >= size)
            if not data:
                break
            for hit in _hits(data, needle):
                found.append(LogLine(at + hit.offset, hit.text))
                if len(found) == MOST_HITS:
                    return LogHits(tuple(found), _next_line(data, hit.offset, at), size)
            at += len(data)
            if time.monotonic() >= until and at < size:
                return LogHits(tuple(found), at, size)
    return LogHits(tuple(found), None, size)


def _whole_lines(data: bytes, last: bool) -> bytes:
    """``data`` without the line that it cuts off."""
    if last:
        return data
    end = data.rfind(b"\n") + 1
    return data[:end] if end > len(data) - _LONGEST_LINE else data


def _next_line(data: bytes, offset: int, base: int) -> int | None:
    end = data.find(b"\n", offset)
    return None if end == -1 else base + end + 1


def _hits(data: bytes, needle: bytes) -> Iterator[LogLine]:
    """One hit for each line of ``data``; its offset is the line's, counted from ``data``'s."""
    clear = data if b"\x1b" not in data else _ESCAPES.sub(b"", data)
    low = clear.lower()
    counted = raw = 0
    at = low.find(needle)
    while at != -1:
        # Taking terminal codes away takes no line break away: lines are counted in both.
        steps = low.count(b"\n", counted, at)
        counted = at
        raw = _skip_lines(data, raw, steps)
        yield LogLine(raw, _around(clear, at))
        end = low.find(b"\n", at)
        at = -1 if end == -1 else low.find(needle, end)


def _skip_lines(data: bytes, start: int, steps: int) -> int:
    """Offset of the line ``steps`` lines after the one that begins at ``start``."""
    for _ in range(steps):
        start = data.index(b"\n", start) + 1
    return start


def _around(data: bytes, at: int) -> str:
    """The line, or the drawing, that holds ``at``."""
    start = max(data.rfind(brk, 0, at) for brk in (b"\n", b"\r", b"\x08")) + 1
    end = _BREAKS.search(data, at)
    # A line that is very long is shown around the place.
    start = max(start, at - 500)
    return text_of(data[start : end.start() if end else len(data)])
