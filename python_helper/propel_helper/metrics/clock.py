"""When each step of a run was printed, told from how far the log had come at some moments."""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from dataclasses import dataclass

MOST = 4096
"""Moments that are kept; when there are more, every second one goes."""


@dataclass(frozen=True)
class Stretch:
    """A part of the log and when it was written: offsets, and seconds since the epoch."""

    first: int
    first_s: float
    last: int
    last_s: float

    def moment(self, offset: int) -> float:
        """When the byte at ``offset`` was written."""
        share = (offset - self.first) / (self.last - self.first) if self.last > self.first else 1.0
        return self.first_s + share * (self.last_s - self.first_s)


class Clock:
    """Places and seconds that both never go back; between two known moments time runs evenly."""

    def __init__(self, start_s: float) -> None:
        self._at = array("d", [0.0])
        self._seconds = array("d", [start_s])
        self._placed = False

    @property
    def first(self) -> float | None:
        """The place at which it began, None while that is not known."""
        return self._at[0] if self._placed else None

    def idle(self, seconds: float) -> None:
        """At ``seconds`` the log still told of no place."""
        if not self._placed:
            self._seconds[0] = max(seconds, self._seconds[0])

    def begin(self, at: float) -> None:
        """The log began to tell at the place ``at``: a checkpoint's run does not begin at 0."""
        if not self._placed:
            self._at[0], self._placed = at, True

    def put(self, at: float, seconds: float) -> None:
        """At ``seconds`` the log had come to the place ``at``."""
        self.begin(at)
        at = max(at, self._at[-1])
        seconds = max(seconds, self._seconds[-1])
        if len(self._at) > 1 and at == self._at[-1]:
            return
        self._at.append(at)
        self._seconds.append(seconds)
        if len(self._at) >= MOST:
            del self._at[1:-1:2], self._seconds[1:-1:2]

    def seconds(self, at: float) -> float:
        """When the place ``at`` was reached."""
        return _between(self._at, self._seconds, at, bisect_left(self._at, at))

    def place(self, seconds: float) -> float:
        """How far the log had come at ``seconds``."""
        return _between(self._seconds, self._at, seconds, bisect_right(self._seconds, seconds))


def _between(xs: array[float], ys: array[float], x: float, right: int) -> float:
    """The line through the points around ``x``; the first or last point outside of them."""
    if right <= 0:
        return ys[0]
    if right >= len(xs):
        return ys[-1]
    left_x, right_x = xs[right - 1], xs[right]
    share = (x - left_x) / (right_x - left_x) if right_x > left_x else 1.0
    return ys[right - 1] + share * (ys[right] - ys[right - 1])
