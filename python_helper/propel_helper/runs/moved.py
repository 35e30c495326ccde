"""Logs that were moved aside while their run went on: who writes them keeps to the file, not the name.

``mv LOG LOG.1``, by logrotate or a person: screen, and tmux's ``cat``, go on in ``LOG.1``.
"""

from __future__ import annotations

import os
import re
from dataclasses import replace

from propel_helper.runs.record import Attempt, Record

_OWN = re.compile(r"(?:attempt|step)-[0-9]+\.[a-z.]+|events\.jsonl|lock")
"""Names that Propel itself gives: a file of that name is not the log of another attempt."""


def found_again(record: Record) -> Record:
    """The record with each attempt's log where it now stands."""
    attempts = tuple(map(_attempt, record.attempts))
    return record if attempts == record.attempts else replace(record, attempts=attempts)


def _attempt(attempt: Attempt) -> Attempt:
    if attempt.inode is None or _inode(attempt.log) == attempt.inode:
        return attempt
    folder = os.path.dirname(attempt.log)  # noqa: PTH120 - asked for each attempt of each run
    try:
        # Within one folder the inode tells a file; the number of its device may be another one
        # after the machine was restarted, or on another host.
        for entry in os.scandir(folder):
            if entry.inode() == attempt.inode and not _OWN.fullmatch(entry.name):
                return replace(attempt, log=entry.path)
    except OSError:
        pass
    return attempt


def _inode(path: str) -> int | None:
    try:
        return os.stat(path).st_ino  # noqa: PTH116 - as above
    except OSError:
        return None
