"""Logs that were moved aside while their run went on, by logrotate or a person (``mv LOG LOG.1``).

Who writes them keeps to the file at first: tmux's ``cat`` always, ``screen`` until it notices. When it
writes after the second in which the file was moved, screen opens the log's name anew, so that the run
goes on there (``stolen_logfile``, https://git.savannah.gnu.org/cgit/screen.git/tree/src/logfile.c).
Of the parts that there are, the one that was written last is the run's log.
"""

from __future__ import annotations

import os
import re
import stat
from dataclasses import replace

from propel_helper.runs.record import Attempt, Record

_OWN = re.compile(r"(?:attempt|step)-[0-9]+\.[a-z.]+|events\.jsonl|lock")
"""Names that Propel itself gives: a file of that name is not the log of another attempt."""
_PACKED = re.compile(r"\.(?:gz|bz2|xz|zst|lz4)$")


def found_again(record: Record) -> Record:
    """The record with each attempt's log where it now stands."""
    attempts = tuple(map(_attempt, record.attempts))
    return record if attempts == record.attempts else replace(record, attempts=attempts)


def _attempt(attempt: Attempt) -> Attempt:
    if attempt.inode is None:
        return attempt
    folder = os.path.dirname(attempt.log)  # noqa: PTH120 - asked for each attempt of each run
    # Where it was begun: an attempt that was found again before may have gone on there since.
    begun = f"{folder}/attempt-{attempt.number}.log"
    now = _stat(begun)
    if now is not None and now.st_ino == attempt.inode:
        log = begun
    else:
        parts = _parts(folder, attempt)
        if now is not None and now.st_size > 0:
            parts.append((now.st_mtime, begun))
        # The first name stands last: of two that were written at once, it is the one that goes on.
        last = max((written for written, _ in parts), default=0.0)
        log = next((path for written, path in reversed(parts) if written == last), begun)
    return attempt if log == attempt.log else replace(attempt, log=log)


def _parts(folder: str, attempt: Attempt) -> list[tuple[float, str]]:
    """When each other file that holds a part of the log was written (Unix seconds)."""
    name = f"attempt-{attempt.number}.log"
    parts: list[tuple[float, str]] = []
    try:
        # Within one folder the inode tells a file; the number of its device may be another one
        # after the machine was restarted, or on another host.
        for entry in os.scandir(folder):
            turned = entry.name.startswith((f"{name}.", f"{name}-"))
            if entry.inode() != attempt.inode and not (turned and not _PACKED.search(entry.name)):
                continue
            told = entry.stat(follow_symlinks=False)
            if stat.S_ISREG(told.st_mode) and not _OWN.fullmatch(entry.name):
                parts.append((told.st_mtime, entry.path))
    except OSError:
        pass
    return parts


def _stat(path: str) -> os.stat_result | None:
    try:
        return os.stat(path)  # noqa: PTH116 - as above
    except OSError:
        return None


def inode(path: str) -> int | None:
    """Number of the file at ``path``; None when there is none."""
    told = _stat(path)
    return told.st_ino if told else None
