"""What the kernel's log says of a process that was killed for want of memory.

``/dev/kmsg``, one record a read: Documentation/ABI/testing/dev-kmsg of Linux. Many
systems show it to root only (``kernel.dmesg_restrict``): then nothing tells here.
"""

from __future__ import annotations

import os
import re
import time
from collections.abc import Iterator
from pathlib import Path

_KMSG = Path("/dev/kmsg")
_RECORD = re.compile(rb"[0-9]+,[0-9]+,(?P<us>[0-9]+),[^;]*;(?P<text>[^\n]*)")
# mm/oom_kill.c, __oom_kill_process; "Kill process" before Linux 5.
_KILLED = re.compile(
    rb"(?:Out of memory|Memory cgroup out of memory).*: Killed process (?P<pid>[0-9]+) "
)
_LONGEST_RECORD = 8192
_FIRST_NAMESPACE = 0xEFFFFFFC
"""Inode of the first process namespace (include/linux/proc_ns.h), whose ids the kernel logs."""
_SLACK_S = 60.0
"""The clock of the log is not adjusted, so that it runs away from the others."""


def memory_kill(pid: int, begun: float, ended: float, log: Path = _KMSG) -> str | None:
    """The record of the kernel's kill of process ``pid`` for want of memory; None without one.

    ``begun``, ``ended``: when the process may have lived, in seconds since the epoch.
    """
    if not _in_first_namespace():
        return None
    for at, text in _records(log):
        killed = _KILLED.search(text)
        if killed and int(killed["pid"]) == pid and begun - _SLACK_S <= at <= ended + _SLACK_S:
            return "".join(char for char in text.decode("utf-8", "replace") if char.isprintable())
    return None


def _in_first_namespace() -> bool:
    try:
        return Path("/proc/self/ns/pid").stat().st_ino == _FIRST_NAMESPACE
    except OSError:
        return False


def _records(log: Path) -> Iterator[tuple[float, bytes]]:
    """When (seconds since the epoch) and what of every record that is kept, oldest first."""
    boot = time.time() - time.clock_gettime(time.CLOCK_MONOTONIC)
    try:
        handle = os.open(log, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError:
        return
    try:
        while record := _read(handle):
            found = _RECORD.match(record)
            if found:
                yield boot + int(found["us"]) / 1e6, found["text"]
    finally:
        os.close(handle)


def _read(handle: int) -> bytes:
    while True:
        try:
            return os.read(handle, _LONGEST_RECORD)
        except BrokenPipeError:
            # The record was overwritten meanwhile; the next read gives the oldest that is kept.
            continue
        except OSError:
            return b""
