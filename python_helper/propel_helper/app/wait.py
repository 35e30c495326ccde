"""Use case: wait for a run's end."""

from __future__ import annotations

import threading
import time
from pathlib import Path

from propel_helper.app.runs import find, run_of
from propel_helper.facts.end_mark import LONGEST, find_mark
from propel_helper.facts.run import Run, RunState
from propel_helper.runs.follow import LogFollower
from propel_helper.runs.ledger import Ledger

_LOOK_S = 1.0
"""Seconds between two looks for what no file tells: a session that went away."""


def wait(ledger: Ledger, name: str, timeout_s: float | None) -> Run:
    """The run once its last attempt has ended, or as it is after ``timeout_s`` seconds.

    Raises:
        Problem: there is no such run.
    """
    deadline = None if timeout_s is None else time.monotonic() + timeout_s
    record = find(ledger, name)
    run = run_of(ledger, record)
    if run.state is not RunState.RUNNING or (timeout_s is not None and timeout_s <= 0):
        return run
    bell = threading.Event()
    watcher = _MarkWatcher(bell)
    follower = LogFollower(watcher.read, ledger=ledger.folder, on_record=lambda _: bell.set())
    followed = (0, "")
    try:
        while True:
            record = find(ledger, record.run)
            if (record.last.number, record.last.log) != followed:
                followed = (record.last.number, record.last.log)
                watcher.nonce = record.last.nonce
                log = Path(record.last.log)
                size = log.stat().st_size if log.exists() else 0
                follower.follow(record.last.nonce, log, max(0, size - LONGEST))
            run = run_of(ledger, record)
            left = _LOOK_S if deadline is None else min(_LOOK_S, deadline - time.monotonic())
            if run.state is not RunState.RUNNING or left <= 0:
                return run
            bell.wait(left)
            bell.clear()
    finally:
        follower.close()


class _MarkWatcher:
    """Rings when the mark of the end has come by."""

    def __init__(self, bell: threading.Event) -> None:
        self.nonce = ""
        self._bell = bell
        self._rest = b""

    def read(self, nonce: str, offset: int, data: bytes) -> None:
        """New bytes of a log; a mark may be cut between two calls."""
        del offset
        data = self._rest + data
        if nonce == self.nonce and find_mark(data, nonce) is not None:
            self._bell.set()
        self._rest = data[-LONGEST:]
