"""A series of points that stays small however long the run is."""

from __future__ import annotations

import math
from array import array
from dataclasses import dataclass

MOST_POINTS = 1 << 17
"""Points of one series that are kept; when there are more, every second one goes."""


@dataclass(frozen=True)
class Series:
    """One value over a run.

    Attributes:
        name: ``loss``, ``lr``, ``epoch``, ``rate`` (steps a second), or as printed, in one spelling.
        steps: the step of each point as it was printed; it may start anew each epoch.
        values: the value of each point; not a number and infinite ones too.
        at: place of each point on one line that never goes back: steps since the beginning.
    """

    name: str
    steps: array[float]
    values: array[float]
    at: array[float]

    def __len__(self) -> int:
        return len(self.values)


class Gathering:
    """Points of one name as they come."""

    def __init__(self, most: int = MOST_POINTS) -> None:
        self._most = most
        self._steps = array("d")
        self._values = array("d")
        self._at = array("d")
        self._stride = 1
        self._since = 0
        self.count = 0
        """Points that came, whether they were kept or not."""
        self._latest: tuple[float, float, float] | None = None

    def add(self, step: float, value: float, at: float) -> None:
        """One more point; the same one again (a bar that was drawn again) is left out."""
        point = (step, value, at)
        if self._same(point):
            return
        self._latest = point
        self._since += 1
        self.count += 1
        # What is no number is kept whatever the stride: it is what a person looks for.
        if self._since < self._stride and math.isfinite(value):
            return
        self._since = 0
        self._steps.append(step)
        self._values.append(value)
        self._at.append(at)
        if len(self._values) >= self._most:
            self._steps, self._values, self._at = self._steps[::2], self._values[::2], self._at[::2]
            self._stride *= 2

    def _same(self, point: tuple[float, float, float]) -> bool:
        last = self._latest
        if last is None or last[0] != point[0] or last[2] != point[2]:
            return False
        return last[1] == point[1] or (math.isnan(last[1]) and math.isnan(point[1]))

    def __len__(self) -> int:
        return len(self._values) + bool(self._since)

    @property
    def first(self) -> float | None:
        """Place of the first point that is kept, None before it."""
        return self._at[0] if self._at else None

    @property
    def latest(self) -> tuple[float, float, float] | None:
        """Step, value and place of the newest point, None before the first."""
        return self._latest

    def since(self, stride: int, count: int) -> tuple[int, array[float], array[float]]:
        """What somebody lacks who took the first ``count`` points while every ``stride``-th was kept.

        Returns:
            Which points are kept now (every N-th), and the places and values that are new.
        """
        while stride < self._stride:
            stride, count = 2 * stride, (count + 1) // 2
        return self._stride, self._at[count:], self._values[count:]

    @property
    def kept(self) -> int:
        """Points that are kept, the newest one perhaps not among them."""
        return len(self._values)

    def series(self, name: str) -> Series:
        """The points so far, the latest one among them."""
        steps, values, at = self._steps[:], self._values[:], self._at[:]
        if self._since and self._latest is not None:
            steps.append(self._latest[0])
            values.append(self._latest[1])
            at.append(self._latest[2])
        return Series(name, steps, values, at)
