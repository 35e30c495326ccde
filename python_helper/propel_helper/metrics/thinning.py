"""A curve with as many points as a chart can show, made from any number of points.

Each stretch of the curve keeps its lowest and its highest point, so that a spike is never lost.
"""

from __future__ import annotations

import math
from array import array
from collections.abc import Iterable, Iterator

Point = tuple[float, float]
"""Place and value."""

MOST = 4096
"""Points of a curve. A chart is hardly ever wider than half as many pixels."""


def extremes(points: Iterable[Point]) -> tuple[Point, ...]:
    """The lowest and the highest of ``points``, in their order; what is no number only if all are."""
    low: Point | None = None
    high: Point | None = None
    odd: Point | None = None
    for point in points:
        if not math.isfinite(point[1]):
            odd = point
        elif low is None or high is None:
            low = high = point
        elif point[1] < low[1]:
            low = point
        elif point[1] >= high[1]:
            high = point
    if low is None or high is None:
        return () if odd is None else (odd,)
    if low is high:
        return (low,)
    return (low, high) if low[0] <= high[0] else (high, low)


class Thinned:
    """Takes points one by one; holds ``most`` of them at most.

    ``version`` counts how often the points were thinned: what somebody copied before is then of
    no use any more.
    """

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._at = array("d")
        self._values = array("d")
        self._span = 1
        self._open: list[Point] = []
        self._taken = 0
        self.version = 0

    @property
    def settled(self) -> int:
        """Points that will not change in this version."""
        return len(self._at)

    def add(self, at: float, value: float) -> None:
        """One more point. A place that was there already gets the newer value."""
        if self._span == 1:
            if self._at and self._at[-1] == at:
                self._values[-1] = value
                return
            self._keep(((at, value),))
            return
        self._open = list(extremes((*self._open, (at, value))))
        self._taken += 1
        if self._taken >= self._span:
            self._keep(self._open)
            self._open, self._taken = [], 0

    def since(self, settled: int) -> tuple[int, list[Point]]:
        """All points from about index ``settled`` on, and the index of the first of them.

        The last point of a curve that is not thinned may have a newer value.
        """
        start = max(0, min(settled, self.settled) - (self._span == 1))
        kept = zip(self._at[start:], self._values[start:], strict=True)
        return start, [*kept, *self._open]

    def _keep(self, points: Iterable[Point]) -> None:
        for at, value in points:
            self._at.append(at)
            self._values.append(value)
        if len(self._at) >= self._most:
            self._thin()

    def _thin(self) -> None:
        self._span = 4 if self._span == 1 else 2 * self._span
        at, values = array("d"), array("d")
        for group in _groups(self._at, self._values, 4):
            for point in extremes(group):
                at.append(point[0])
                values.append(point[1])
        self._at, self._values = at, values
        self.version += 1


def thinned(at: array[float], values: array[float], most: int = MOST) -> list[Point]:
    """The points of a curve in at most ``most`` points, by stretches of the same number of points."""
    if len(at) <= most:
        return list(zip(at, values, strict=True))
    size = math.ceil(2 * len(at) / most)
    return [point for group in _groups(at, values, size) for point in extremes(group)]


def _groups(at: array[float], values: array[float], size: int) -> Iterator[list[Point]]:
    for start in range(0, len(at), size):
        stop = start + size
        yield list(zip(at[start:stop], values[start:stop], strict=True))
