"""One thread that does what others ask of it, in order, and looks around once in a while."""

from __future__ import annotations

import logging
import queue
import threading
import time
from collections import deque
from collections.abc import Callable

from propel_helper.facts.problem import Problem

Action = Callable[[], object]

QUEUED = 32
"""Actions that may wait; then who asks waits."""

log = logging.getLogger("propel.watch")


class Worker:
    """Runs actions on a thread of its own. One that fails is logged and hinders no other.

    Args:
        name: of the thread.
        tick: called every ``tick_s`` seconds, however much else there is to do.
    """

    def __init__(self, name: str, tick: Action, tick_s: float) -> None:
        self._tick = tick
        self._tick_s = tick_s
        self._work: queue.Queue[Action | None] = queue.Queue(QUEUED)
        self._later: deque[Action] = deque()
        self._thread = threading.Thread(target=self._loop, name=name, daemon=True)

    def start(self) -> None:
        """Begin with what was asked for so far."""
        self._thread.start()

    def close(self) -> None:
        """Do what was asked for, then end; what was put off is left."""
        self._work.put(None)
        self._thread.join(5)

    def put(self, action: Action) -> None:
        """Ask for ``action``. Not from within an action: the queue may be full."""
        self._work.put(action)

    def put_off(self, action: Action) -> None:
        """Ask for ``action`` when nothing else is to be done. From within an action only."""
        self._later.append(action)

    def guarded(self, action: Action) -> None:
        """Do ``action`` now, on the caller's thread; a failure is logged."""
        try:
            action()
        except Problem as problem:
            log.warning("%s", problem)
        except Exception:  # one unreadable run must not end the watch over all others
            log.exception("a step of the watch failed")

    def _loop(self) -> None:
        next_tick = time.monotonic() + self._tick_s
        while True:
            # Runs that print all the time leave no quiet second: the tick has its own clock.
            if time.monotonic() >= next_tick:
                self.guarded(self._tick)
                next_tick = time.monotonic() + self._tick_s
            pause = 0.0 if self._later else max(0.001, next_tick - time.monotonic())
            try:
                action = self._work.get(block=pause > 0, timeout=pause or None)
            except queue.Empty:
                if self._later:
                    self.guarded(self._later.popleft())
                continue
            if action is None:
                return
            self.guarded(action)
