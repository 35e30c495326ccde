"""What a run panel shows: curves, markers, GPU curves and pieces of a log."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


@dataclass(frozen=True)
class Chart:
    """One chart and the series that belong in it.

    Attributes:
        id: ``loss``, ``lr``, ``rate``, or the name of its first series.
        title: as shown above it.
        unit: of its values, "" without one.
        names: its series, the most important one first.
        target: the value that a person wants one of them to reach, None without one.
    """

    id: str
    title: str
    unit: str
    names: tuple[str, ...]
    target: float | None = None


@dataclass(frozen=True)
class CurveMark:
    """How much of a curve somebody has: as the last ``CurvePiece`` of it said."""

    attempt: int
    name: str
    version: int
    settled: int
    taken: int


@dataclass(frozen=True)
class CurvePiece:
    """Points of one series in one attempt; they replace all from index ``start`` on.

    Attributes:
        version: points of another version are of no use any more.
        settled: how many points of the whole curve will not change in this version.
        taken: how many points of the log they were made from.
        at: place of each point: steps since the beginning of the attempt.
        seconds: when it was printed, since the run's first start. Logs carry no clock: told from
            how the log grew.
        values: None where the log printed no finite number.
    """

    attempt: int
    name: str
    version: int
    start: int
    settled: int
    taken: int
    at: tuple[float, ...]
    seconds: tuple[float, ...]
    values: tuple[float | None, ...]


class MarkerKind(str, Enum):
    """What happened at a marker."""

    RESTART = "restart"
    CRASH = "crash"
    KILLED = "killed"
    END = "end"
    FIX = "fix"
    NOT_A_NUMBER = "not-a-number"


@dataclass(frozen=True)
class Marker:
    """Something that happened to a run.

    Attributes:
        attempt: the attempt it happened in.
        at: place as in ``CurvePiece``, None when the attempt has reported none.
        seconds: since the run's first start.
        text: one sentence.
    """

    kind: MarkerKind
    attempt: int
    at: float | None
    seconds: float
    text: str


@dataclass(frozen=True)
class RunCurves:
    """What is new in a run's curves.

    Attributes:
        read: part of the logs that has been read, 0 to 1.
        settled: whether nothing more will come unless the run is started again.
        progress: how far the run is, one line; "" when the log tells nothing or was not yet read.
        empty: why there is nothing to draw, with what to do next; "" when there is.
        charts: all charts, in order.
        pieces: new points.
        markers: all markers, in the order in which they happened.
    """

    run: str
    read: float
    settled: bool
    progress: str
    empty: str
    charts: tuple[Chart, ...]
    pieces: tuple[CurvePiece, ...]
    markers: tuple[Marker, ...]


@dataclass(frozen=True)
class GpuCurve:
    """Samples of one GPU during a run.

    Attributes:
        memory: bytes it has.
        own: whether the run's processes hold it.
        used: bytes in use.
        busy: percent of time that a kernel ran, None where the driver doesn't tell.
    """

    index: int
    name: str
    memory: int
    own: bool
    used: tuple[float, ...]
    busy: tuple[float | None, ...]


@dataclass(frozen=True)
class GpuCurves:
    """Samples that are new since the last time.

    Attributes:
        at, seconds: place and time of each sample, as in ``CurvePiece``.
        taken: of the newest sample, seconds since the epoch; 0 without one.
        reason: why there are none, one sentence; "" when there are.
    """

    gpus: tuple[GpuCurve, ...]
    at: tuple[float, ...]
    seconds: tuple[float, ...]
    taken: float
    reason: str


@dataclass(frozen=True)
class LogLine:
    """A line of a log as a terminal would show it. ``offset``: bytes to its beginning."""

    offset: int
    text: str


@dataclass(frozen=True)
class LogPage:
    """Some lines of an attempt's log.

    Attributes:
        attempt: whose log it is.
        size: bytes of the log.
        start: offset of the first line; what was asked for may begin before.
        end: offset just past the last whole line.
        lines: whole lines, in order.
        pending: the line that is still being written, "" without one; the last page has it.
        crash: offset of the line that is to be shown, where a crash was asked for; None without.
    """

    attempt: int
    size: int
    start: int
    end: int
    lines: tuple[LogLine, ...]
    pending: str
    crash: int | None = None


@dataclass(frozen=True)
class LogHits:
    """Lines that hold a text.

    Attributes:
        lines: in order; each with the part of it that was found.
        next: offset to go on from, None when the whole log was searched.
        size: bytes of the log.
    """

    lines: tuple[LogLine, ...]
    next: int | None
    size: int
