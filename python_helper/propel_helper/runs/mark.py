"""The mark of the end in a log file."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

from propel_helper.facts.end_mark import LONGEST, EndMark
from propel_helper.facts.end_mark import find_mark as mark_in
from propel_helper.regular import open_regular

_CHUNK = 4 * 1024 * 1024
_TAIL = 64 * 1024


def find_mark(log: Path, nonce: str, *, tail_only: bool = False) -> EndMark | None:
    """The mark in a log file, searched from the end; None without one or without the file.

    ``tail_only`` looks at the last 64 KiB alone, where it is unless a person has used the shell
    since. A whole search takes about a second per 2 GB.
    """
    try:
        handle = open_regular(log)
    except OSError:
        return None
    try:
        end = os.fstat(handle).st_size
        lowest = max(0, end - _TAIL) if tail_only else 0
        while end > lowest:
            start = max(lowest, end - _CHUNK)
            found = mark_in(os.pread(handle, end - start + LONGEST, start), nonce)
            if found is not None:
                return replace(found, offset=start + found.offset)
            # A mark that begins in the chunk before this one ends within LONGEST bytes of it.
            end = start
    except OSError:
        return None
    finally:
        os.close(handle)
    return None
