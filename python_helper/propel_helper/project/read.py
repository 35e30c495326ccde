"""Reading a workspace's files as text, whatever they hold."""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass

LIMIT = 300_000
"""Bytes of a file that are read: three times the longest README among 60 training projects."""


@dataclass(frozen=True)
class Text:
    """A file's text, and its modification time (ns) and size (bytes) when it was read."""

    text: str
    stamp: tuple[int, int]


def stamp(top: str, path: str) -> tuple[int, int] | None:
    """Modification time (ns) and size (bytes) of a regular file, None for anything else."""
    try:
        found = os.stat(f"{top}/{path}")  # noqa: PTH116
    except (OSError, ValueError):
        return None
    return (found.st_mtime_ns, found.st_size) if stat.S_ISREG(found.st_mode) else None


def read(top: str, path: str, limit: int = LIMIT) -> Text | None:
    """The first ``limit`` bytes of a regular file; None when it can't be read or is none.

    Bytes that are no UTF-8 become replacement characters. A pipe without a writer does not block.
    """
    try:
        number = os.open(f"{top}/{path}", os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    except (OSError, ValueError):
        return None
    try:
        found = os.fstat(number)
        if not stat.S_ISREG(found.st_mode):
            return None
        raw = os.read(number, min(limit, found.st_size) or limit)
    except OSError:
        return None
    finally:
        os.close(number)
    text = raw.decode("utf-8", "replace").removeprefix("\ufeff")
    return Text(text, (found.st_mtime_ns, found.st_size))
