"""A long log's curves at a glance: from a few places of it, until all of it has been read."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass

from propel_helper.metrics.clock import Clock
from propel_helper.metrics.reader import MetricsReader
from propel_helper.metrics.thinning import Point

WORTH = 512 * 1024
"""Bytes from which on a glance is worth it; less is read in a moment."""
_PLACES = 48
_LOOK = 640
"""Bytes that are read at each of the places."""


@dataclass(frozen=True)
class Preview:
    """Points by series, and when their places were reached."""

    points: dict[str, list[Point]]
    clock: Clock

    @property
    def place(self) -> float | None:
        """The furthest place, None when nothing was seen."""
        return max((points[-1][0] for points in self.points.values() if points), default=None)

    def after(self, name: str, place: float) -> list[Point]:
        """The points of a series beyond a place."""
        return [point for point in self.points.get(name, ()) if point[0] > place]


def preview(handle: int, size: int, start_s: float, moment: Callable[[int], float]) -> Preview:
    """Look into a log; nothing where its steps do not count the whole run.

    Args:
        handle: of the log.
        size: bytes of it.
        start_s: when the attempt was started.
        moment: when the byte at an offset was written, in the same seconds.
    """
    reader, clock = MetricsReader(), Clock(start_s)
    for number in range(_PLACES):
        offset = (size - _LOOK) * number // (_PLACES - 1)
        data = os.pread(handle, _LOOK, offset)
        # A window begins and ends somewhere in a line.
        first = data.find(b"\n") + 1 if number else 0
        last = data.rfind(b"\n") + 1
        if first < last:
            reader.feed(data[first:last])
            latest = [one.latest[2] for _, one in reader.gathered() if one.latest is not None]
            if latest:
                clock.put(max(latest), moment(offset + last))
    found = {one.name: one for one in reader.series()}
    if any(one.steps != one.at for one in found.values()):
        return Preview({}, clock)
    return Preview(
        {name: list(zip(one.at, one.values, strict=True)) for name, one in found.items()}, clock
    )
