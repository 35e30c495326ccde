"""What a pipeline's exit status hides: a crash before its last program (``train.py | tee log``)."""

from __future__ import annotations

import os

from propel_helper.facts.crash import Crash, CrashKind
from propel_helper.interpreter import ends_in_sink
from propel_helper.regular import stream
from propel_helper.runs.record import Attempt
from propel_helper.tracebacks.reader import LogReader

_CRASHES = frozenset({CrashKind.EXCEPTION, CrashKind.USAGE})
_LAST_BYTES = 8 * 1024 * 1024


def reader_of(attempt: Attempt, start: int = 0) -> LogReader:
    """A reader of an attempt's log from the offset ``start`` (bytes) on."""
    return LogReader(attempt.nonce, start, zero_tells=not ends_in_sink(attempt.command))


def crash_in(attempt: Attempt) -> Crash | None:
    """The crash that the last bytes of an ended attempt's log show, or None."""
    try:
        with stream(attempt.log) as file:
            start = max(file.seek(0, os.SEEK_END) - _LAST_BYTES, 0)
            file.seek(start)
            reader = reader_of(attempt, start)
            while data := file.read(_LAST_BYTES):
                reader.feed(data)
    except OSError:
        return None
    crashes = reader.crashes(ended=True)
    return next((crash for crash in crashes if crash.kind in _CRASHES), None)
