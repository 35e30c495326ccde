"""Following logs as they grow, many of them with one reader thread.

The system tells what changed; a slow look at everything once a second finds what it does not tell
of (network file systems, a log that comes late).
"""

from __future__ import annotations

import logging
import os
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from propel_helper.regular import open_regular
from propel_helper.runs.notices import Notices, notices

CHUNK = 1024 * 1024
"""Bytes that one callback gets at most."""

_LOOK_S = 1.0
_SHORT_REST_S = 0.005
_LONG_REST_S = 0.03
"""Seconds between two reads: long after ``_MUCH`` bytes, so that a program that prints without end
does not have to share its processor with its reader."""
_MUCH = 64 * 1024
_TURN = 16
"""Chunks that one log may have before the others get their turn."""

logger = logging.getLogger(__name__)


class Trouble(str, Enum):
    """What happened to a followed log besides growing; reading goes on from its first byte."""

    TRUNCATED = "truncated"
    REPLACED = "replaced"
    REMOVED = "removed"
    """It is read from its first byte if it comes back."""


@dataclass
class _Log:
    key: str
    path: str
    offset: int
    inode: tuple[int, int] | None = None
    removed: bool = False


class LogFollower:
    """Follows logs and tells of every new byte, on a thread of its own.

    Args:
        on_bytes: called with a log's key, the offset of the first byte, and 1 to ``CHUNK`` bytes.
        on_trouble: called with a log's key and what happened to it.
        ledger: folder of the ledger (``Ledger.folder``); it is made when it is missing.
        on_record: called with a run's id when its record changed or it is new or gone.

    Every callback comes on the follower's thread, one at a time; while one runs, nothing is read.
    """

    def __init__(
        self,
        on_bytes: Callable[[str, int, bytes], None],
        on_trouble: Callable[[str, Trouble], None] | None = None,
        ledger: Path | None = None,
        on_record: Callable[[str], None] | None = None,
    ) -> None:
        self._on_bytes = on_bytes
        self._on_trouble = on_trouble
        self._on_record = on_record
        self._ledger = ledger
        self._lock = threading.Lock()
        self._closing = threading.Event()
        self._logs: dict[str, _Log] = {}
        self._due: set[str] = set()
        self._touched: dict[str, int] = {}
        self._read = 0
        self._notices: Notices = notices()
        if ledger is not None:
            ledger.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._notices.ask_folder(str(ledger))
            self._touched = _touched(ledger)
        self._reader = threading.Thread(target=self._read_on, name="propel-follow", daemon=True)
        self._reader.start()

    def follow(self, key: str, path: Path, offset: int = 0) -> None:
        """Tell of what stands in ``path`` from ``offset`` on. A file that is missing may come.

        A key that is followed already starts anew.
        """
        with self._lock:
            self._logs[key] = _Log(key, str(path), offset)
            self._due.add(str(path))
        self._notices.wake()

    def unfollow(self, key: str) -> None:
        """Tell no more of ``key``; a callback that is on its way may still come."""
        with self._lock:
            self._logs.pop(key, None)

    def close(self) -> None:
        """End the thread; no callback comes after this (unless it is called from one)."""
        if self._closing.is_set():
            return
        self._closing.set()
        self._notices.wake()
        if threading.current_thread() is not self._reader:
            self._reader.join(timeout=5)

    def _read_on(self) -> None:
        next_look = time.monotonic() + _LOOK_S
        try:
            while not self._closing.is_set():
                with self._lock:
                    pause = 0.0 if self._due else max(0.0, next_look - time.monotonic())
                changed = self._notices.wait(pause)
                look = time.monotonic() >= next_look
                if look:
                    next_look = time.monotonic() + _LOOK_S
                self._tell_records(changed, look)
                self._read = 0
                for log in self._taken(changed, look):
                    if self._closing.is_set():
                        return
                    self._guarded(self._advance, log)
                if changed and not self._closing.is_set():
                    time.sleep(_LONG_REST_S if self._read >= _MUCH else _SHORT_REST_S)
        finally:
            self._notices.close()

    def _taken(self, changed: set[str], look: bool) -> list[_Log]:
        with self._lock:
            due, self._due = self._due | changed, set()
            return [log for log in self._logs.values() if look or log.path in due]

    def _tell_records(self, changed: set[str], look: bool) -> None:
        if self._ledger is None or self._on_record is None:
            return
        prefix = str(self._ledger) + os.sep
        runs = {path[len(prefix) :] for path in changed if path.startswith(prefix)}
        runs = {run for run in runs if run and os.sep not in run}
        if look or runs:
            now = _touched(self._ledger)
            runs |= {
                run
                for run in self._touched.keys() | now.keys()
                if self._touched.get(run) != now.get(run)
            }
            self._touched = now
        for run in sorted(runs):
            self._guarded(self._on_record, run)

    def _guarded(self, call: Callable[..., None], *values: object) -> None:
        try:
            call(*values)
        except Exception:  # a callback that fails must not end the following of all other logs
            logger.exception("Following a log failed.")

    def _advance(self, log: _Log) -> None:
        # Asked before it is read: what is written meanwhile makes a notice.
        self._notices.ask(log.path)
        try:
            handle = open_regular(log.path)
        except OSError:
            self._missing(log)
            return
        try:
            self._check(log, os.fstat(handle))
            for _ in range(_TURN):
                data = os.pread(handle, CHUNK, log.offset)
                if not data or self._closing.is_set() or self._logs.get(log.key) is not log:
                    return
                start = log.offset
                log.offset += len(data)
                self._read += len(data)
                self._on_bytes(log.key, start, data)
                if len(data) < CHUNK:
                    # No chasing of a writer: the notice that was asked for tells of the rest.
                    return
            with self._lock:
                self._due.add(log.path)
        finally:
            os.close(handle)

    def _missing(self, log: _Log) -> None:
        if log.inode is not None and not log.removed:
            log.removed = True
            self._tell(log, Trouble.REMOVED)

    def _check(self, log: _Log, stat: os.stat_result) -> None:
        inode = (stat.st_dev, stat.st_ino)
        if log.inode not in {None, inode} or log.removed:
            log.offset = 0
            if not log.removed:
                self._tell(log, Trouble.REPLACED)
        elif stat.st_size < log.offset:
            log.offset = 0
            self._tell(log, Trouble.TRUNCATED)
        log.inode = inode
        log.removed = False

    def _tell(self, log: _Log, trouble: Trouble) -> None:
        if self._on_trouble is not None:
            self._on_trouble(log.key, trouble)


def _touched(ledger: Path) -> dict[str, int]:
    """When each run's folder was last touched (``Ledger.append`` does), in nanoseconds."""
    found = {}
    try:
        for entry in os.scandir(ledger):
            try:
                found[entry.name] = entry.stat().st_mtime_ns
            except OSError:
                continue
    except OSError:
        return {}
    return found
