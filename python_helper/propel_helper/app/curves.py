"""The curves of one attempt, read from its log in small bites and kept for who looks again."""

from __future__ import annotations

import math
import os
import time
from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from propel_helper.app.metrics import progress_text
from propel_helper.app.preview import WORTH, Preview, preview
from propel_helper.facts.end_mark import LONGEST, find_mark
from propel_helper.facts.panel import CurveMark, CurvePiece
from propel_helper.metrics.clock import Clock, Stretch
from propel_helper.metrics.reader import MetricsReader
from propel_helper.metrics.series import Gathering
from propel_helper.metrics.thinning import Point, Thinned
from propel_helper.metrics.thinning import thinned as thinned_points
from propel_helper.regular import open_regular
from propel_helper.runs.record import Attempt

_LARGEST = 64 * 1024
_SMALLEST = 2 * 1024
_VERSIONS = 64
"""More than a curve is ever thinned: each time halves its points."""
_BITES = 256
"""A log is read in about so many bites, each of which tells the clock how far it had come."""


@dataclass
class _Curve:
    """``taken``: points of ``source`` that ``thin`` has, while every ``stride``-th was kept."""

    source: Gathering
    thin: Thinned
    stride: int = 1
    taken: int = 0


class AttemptCurves:
    """Reads an attempt's log as it grows. One thread at a time.

    Args:
        origin: seconds since the epoch from which all seconds are counted.
    """

    def __init__(self, attempt: Attempt, origin: float) -> None:
        self._log = Path(attempt.log)
        self._nonce = attempt.nonce
        self._number = attempt.number
        self._origin = origin
        self._started = attempt.started
        self._begun = 0
        self._begin()

    def _begin(self) -> None:
        self._reader = MetricsReader()
        self._clock = Clock(self._started - self._origin)
        self._curves: dict[str, _Curve] = {}
        self._inode: tuple[int, int] | None = None
        self._offset = self._size = 0
        self._grew = Stretch(0, self._started, 0, self._started)
        self._seam = b""
        self._ended = False
        self._glance = Preview({}, self._clock)
        self._begun += 1
        self.not_a_number: float | None = None
        """Place of the first loss that is no number."""

    @property
    def left(self) -> int:
        """Bytes that are still to be read."""
        return 0 if self._ended else max(0, self._size - self._offset)

    @property
    def size(self) -> int:
        """Bytes of the log when it was last looked at."""
        return self._size

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the series that have points."""
        return tuple(dict.fromkeys((*self._curves, *self._glance.points)))

    @property
    def progress(self) -> str:
        """How far the attempt is, in one line."""
        return progress_text(self._reader.progress())

    @property
    def place(self) -> float | None:
        """The furthest place that the log told of."""
        return self._read_place() if self._glance.place is None else self._glance.place

    def _read_place(self) -> float | None:
        latest = (one.latest for _, one in self._reader.gathered())
        return max((point[2] for point in latest if point is not None), default=None)

    @property
    def first(self) -> float | None:
        """The first place that the log told of."""
        return self._clock.first

    def place_at(self, seconds: float) -> float:
        """How far the attempt was at a moment (seconds since the origin)."""
        return self._clock.place(seconds)

    def seconds_at(self, place: float) -> float:
        """When a place was reached (seconds since the origin)."""
        return self._clock.seconds(place)

    def advance(self, until: float, ended: float | None) -> None:
        """Read on, at most until the monotonic clock says ``until``.

        ``ended``: seconds since the epoch at which the attempt ended, None while it runs or where
        that is not known. A log that can't be read is one that says nothing.
        """
        if self._ended:
            return
        try:
            handle = open_regular(self._log)
        except OSError:
            return
        try:
            self._look(os.fstat(handle), ended)
            if not self._offset and self.left >= WORTH:
                start_s = self._started - self._origin
                self._glance = preview(handle, self._size, start_s, self._second)
                # Who waits is to see it now; the log is read from the next answer on.
                until = 0
            # One bite at least, however little time there is: the next answer begins behind it.
            while self.left:
                bite = min(_LARGEST, max(_SMALLEST, (self._size - self._grew.first) // _BITES))
                data = os.pread(handle, bite, self._offset)
                if not data:
                    break
                self._take(data)
                if time.monotonic() >= until:
                    break
        except OSError:
            return
        finally:
            os.close(handle)
        if not self.left:
            self._glance = Preview({}, self._clock)
        self._follow()

    def end(self) -> None:
        """The attempt is over and its log was read: what stands in its last line counts too."""
        if not self._ended and not self.left:
            self._ended = True
            self._reader.end()
            self._follow()

    def pieces(self, marks: Mapping[str, CurveMark | None]) -> tuple[CurvePiece, ...]:
        """What is new of the series that ``marks`` names, for somebody who has what each says."""
        return tuple(
            piece for name, mark in marks.items() if (piece := self._news(name, mark)) is not None
        )

    def _news(self, name: str, mark: CurveMark | None) -> CurvePiece | None:
        curve = self._curves.get(name)
        if curve is None and name not in self._glance.points:
            return None
        thin = Thinned() if curve is None else curve.thin
        taken = 0 if curve is None else curve.source.count
        version = _VERSIONS * self._begun + thin.version
        known = mark is not None and mark.version == version
        if mark is not None and known and mark.taken == taken and not self._glance.points:
            return None
        start, points = thin.since(mark.settled if mark is not None and known else 0)
        newest = None if curve is None else curve.source.latest
        # Of very many points not each is kept, but the newest one is always shown.
        if newest is not None and points and newest[2] > points[-1][0]:
            points.append((newest[2], newest[1]))
        rest = self._glance.after(name, points[-1][0] if points else -math.inf)
        piece = self._piece(name, points + rest)
        late = tuple(round(self._glance.clock.seconds(at), 3) for at, _ in rest)
        return replace(
            piece,
            version=version,
            start=start,
            settled=thin.settled,
            taken=taken,
            seconds=(*piece.seconds[: len(points)], *late),
        )

    def detail(self, name: str, first: float, last: float) -> CurvePiece | None:
        """The points between two places, and one on either side, as fine as they were kept."""
        curve = self._curves.get(name)
        if curve is None:
            return None
        series = curve.source.series(name)
        start = max(0, bisect_left(series.at, first) - 1)
        stop = bisect_right(series.at, last) + 1
        points = thinned_points(series.at[start:stop], series.values[start:stop])
        return self._piece(name, points)

    def _piece(self, name: str, points: list[Point]) -> CurvePiece:
        return CurvePiece(
            attempt=self._number,
            name=name,
            version=0,
            start=0,
            settled=len(points),
            taken=len(points),
            at=tuple(point[0] for point in points),
            seconds=tuple(round(self._clock.seconds(point[0]), 3) for point in points),
            values=tuple(point[1] if math.isfinite(point[1]) else None for point in points),
        )

    def _look(self, stat: os.stat_result, ended: float | None) -> None:
        inode = (stat.st_dev, stat.st_ino)
        if self._inode not in (None, inode) or stat.st_size < self._offset:
            self._begin()
        self._inode = inode
        if stat.st_size != self._size:
            # From here to the new end the log grew evenly, as far as anybody can tell.
            now = self._grew.moment(self._offset)
            last = stat.st_mtime if ended is None else min(ended, stat.st_mtime)
            self._grew = Stretch(self._offset, now, stat.st_size, max(now, last))
            self._size = stat.st_size

    def _take(self, data: bytes) -> None:
        mark = find_mark(self._seam + data, self._nonce)
        if mark is not None:
            self._reader.feed(data[: max(0, mark.offset - len(self._seam))])
            self._reader.end()
            self._ended = True
        else:
            self._reader.feed(data)
            self._seam = (self._seam + data)[-LONGEST:]
        self._offset += len(data)
        self._tick(self._second(self._offset))

    def _second(self, offset: int) -> float:
        """When a byte was written, since the origin."""
        return self._grew.moment(offset) - self._origin

    def _tick(self, seconds: float) -> None:
        place = self._read_place()
        if place is None:
            self._clock.idle(seconds)
            return
        if self._clock.first is None:
            firsts = (one.first for _, one in self._reader.gathered())
            self._clock.begin(min((at for at in firsts if at is not None), default=place))
        self._clock.put(place, seconds)

    def _follow(self) -> None:
        """Take the new points of every series."""
        for name, source in self._reader.gathered():
            curve = self._curves.get(name)
            if curve is None or curve.source is not source:
                # Another name turned out to be the one that a person means.
                self._begun += curve is not None
                curve = self._curves[name] = _Curve(source, Thinned())
            curve.stride, places, values = source.since(curve.stride, curve.taken)
            for at, value in zip(places, values, strict=True):
                curve.thin.add(at, value)
                odd = name == "loss" and not math.isfinite(value)
                if odd and self.not_a_number is None:
                    self.not_a_number = at
            curve.taken = source.kept
