"""Use case: the lines of a run's log around a place, at its end, or at its crash."""

from __future__ import annotations

import os
from bisect import bisect_left
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Literal

from propel_helper.app.log_text import shown
from propel_helper.facts.panel import LogLine, LogPage
from propel_helper.facts.problem import Problem
from propel_helper.facts.run import RunState
from propel_helper.regular import open_regular, stream
from propel_helper.runs.record import Attempt, Record
from propel_helper.tracebacks.reader import LogReader

Way = Literal["after", "before", "around", "end", "crash"]

PAGE = 64 * 1024
"""Bytes of a page."""
MOST_LINES = 600
"""Lines of a page."""
_END = 8 * 1024 * 1024
"""Bytes of the log's end that are searched for a crash."""


def attempt_of(record: Record, number: int) -> Attempt:
    """The attempt with that number, the last one for 0. Raises ``Problem`` without one."""
    found = (
        record.last
        if number == 0
        else next((one for one in record.attempts if one.number == number), None)
    )
    if found is None:
        raise Problem(f"Run {record.run} has no attempt {number}.", "Look at another attempt.")
    return found


def page(record: Record, number: int, way: Way, offset: int) -> LogPage:
    """A page of an attempt's log.

    ``after`` and ``before`` an offset at the beginning of a line, ``around`` one within a line,
    at the ``end``, or at the ``crash`` (the end when there is none).

    Raises:
        Problem: there is no such attempt, or its log can't be read.
    """
    attempt = attempt_of(record, number)
    crash = crash_offset(attempt) if way == "crash" else None
    if way == "crash":
        way, offset = ("end", 0) if crash is None else ("around", crash)
    with opened(attempt) as (handle, size):
        asked = _Asked(way, min(max(offset, 0), size), size)
        first, last = asked.window()
        found = _page(os.pread(handle, last - first, first), first, asked)
    line = None if crash is None else _line_of(found.lines, crash)
    return replace(found, attempt=attempt.number, crash=line)


@contextmanager
def opened(attempt: Attempt) -> Iterator[tuple[int, int]]:
    """An attempt's log as a file descriptor, and its size in bytes.

    Raises:
        Problem: it can't be read.
    """
    try:
        handle = open_regular(attempt.log)
    except FileNotFoundError as error:
        raise Problem(
            f"The log of attempt {attempt.number} is gone: {attempt.log}.",
            "It was removed, or the run was never started.",
        ) from error
    except OSError as error:
        raise Problem(
            f"Can't read {attempt.log}: {error.strerror}.", "Mend its permissions."
        ) from error
    try:
        yield handle, os.fstat(handle).st_size
    finally:
        os.close(handle)


def crash_offset(attempt: Attempt) -> int | None:
    """Where the crash of an attempt begins in its log, None when it shows none."""
    if attempt.ending is not None and attempt.ending.state is RunState.SUCCEEDED:
        return None
    status = attempt.ending.exit_status if attempt.ending else None
    try:
        with stream(attempt.log) as file:
            start = max(0, os.fstat(file.fileno()).st_size - _END)
            file.seek(start)
            reader = LogReader(attempt.nonce, start=start)
            while data := file.read(_END):
                reader.feed(data)
    except OSError:
        return None
    crashes = reader.crashes(ended=attempt.ending is not None, exit_status=status)
    return crashes[0].start if crashes else None


@dataclass(frozen=True)
class _Asked:
    """Which page of a log of ``size`` bytes."""

    way: Way
    offset: int
    size: int

    def window(self) -> tuple[int, int]:
        """Which bytes are read."""
        if self.way == "before":
            return max(0, self.offset - PAGE), self.offset
        if self.way == "around":
            return max(0, self.offset - PAGE // 2), min(self.size, self.offset + PAGE // 2)
        first = self.offset if self.way == "after" else 0
        return max(first, self.size - PAGE), self.size


def _page(data: bytes, first: int, asked: _Asked) -> LogPage:
    *whole, rest = data.split(b"\n")
    starts = [first]
    for raw in whole:
        starts.append(starts[-1] + len(raw) + 1)
    # A window that does not begin where it was asked to begins somewhere in a line.
    cut_off = first > 0 and not (asked.way == "after" and first == asked.offset) and len(whole) > 1
    low, high = _kept(starts[:-1], int(cut_off), asked)
    lines = tuple(LogLine(starts[at], shown(whole[at])) for at in range(low, high))
    # A bar that draws over one line for hours has no whole line: its beginning stays the end.
    end = starts[high] if whole else asked.offset if asked.way == "after" else first
    return LogPage(
        attempt=0,
        size=asked.size,
        start=lines[0].offset if lines else end,
        end=end,
        lines=lines,
        pending=shown(rest) if first + len(data) >= asked.size and high == len(whole) else "",
    )


def _kept(starts: list[int], low: int, asked: _Asked) -> tuple[int, int]:
    """Which lines of a window make the page."""
    high = len(starts)
    if asked.way != "around":
        return max(low, high - MOST_LINES), high
    middle = bisect_left(starts, asked.offset)
    low = max(low, min(middle - MOST_LINES // 2, high - MOST_LINES))
    return low, min(high, low + MOST_LINES)


def _line_of(lines: tuple[LogLine, ...], offset: int) -> int:
    """The offset of the line that holds ``offset``."""
    return max((one.offset for one in lines if one.offset <= offset), default=offset)
