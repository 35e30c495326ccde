"""Runs that are looked at again and again, on a thread of its own."""

from __future__ import annotations

import threading
from collections.abc import Callable

from propel_helper.app.worker import Action, Worker
from propel_helper.facts.run import Run


class Rounds:
    """What others show is taken at the next round; they wait for nothing.

    Args:
        name: of the thread.
        period_s: seconds between two rounds.
        take: called in a round with each run that was shown since the last, as it stands now.
        look: called in each round after that.
    """

    def __init__(
        self, name: str, period_s: float, take: Callable[[Run], None], look: Callable[[], None]
    ) -> None:
        self._lock = threading.Lock()
        self._shown: dict[str, Run] = {}
        self._take_one = take
        self._look_at_all = look
        self._worker = Worker(name, self._turn, period_s)

    def start(self) -> None:
        """Begin to look."""
        self._worker.start()

    def close(self) -> None:
        """Look no more."""
        self._worker.close()

    def show(self, run: Run) -> None:
        """A run as it stands now. From any thread."""
        with self._lock:
            self._shown[run.run] = run

    def guarded(self, action: Action) -> None:
        """Do ``action``; a failure is logged and hinders no other."""
        self._worker.guarded(action)

    def _turn(self) -> None:
        with self._lock:
            shown, self._shown = self._shown, {}
        for run in shown.values():
            self._take_one(run)
        self._look_at_all()
