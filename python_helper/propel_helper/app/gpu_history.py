"""Use case: memory and use of this host's GPUs over time, sampled while somebody looks."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

from propel_helper.app.gpus import gpus, held_by
from propel_helper.app.panel import RunPanel
from propel_helper.app.watched import Watched
from propel_helper.facts.gpu import GpuFact, GpuReport
from propel_helper.facts.panel import GpuCurve, GpuCurves

PERIOD_S = 0.9
"""Seconds between two samples at least, however many panels ask."""
MOST = 8192
"""Samples that are kept: two hours of one a second."""


@dataclass(frozen=True)
class _Sample:
    """``taken``: seconds since the epoch."""

    taken: float
    report: GpuReport


class GpuHistory:
    """The samples of one helper.

    Args:
        look: asks the driver; may take a while.
    """

    def __init__(self, look: Callable[[], GpuReport] = gpus) -> None:
        self._look = look
        self._lock = threading.Lock()
        self._samples: deque[_Sample] = deque(maxlen=MOST)
        self._reason = ""

    def sample(self) -> None:
        """Take a sample, unless one was taken a moment ago."""
        with self._lock:
            now = time.time()
            if self._samples and 0 <= now - self._samples[-1].taken < PERIOD_S:
                return
            report = self._look()
            self._reason = report.reason
            if report.gpus:
                self._samples.append(_Sample(now, report))

    def since(self, watched: Watched, panel: RunPanel, taken: float) -> GpuCurves:
        """The samples of a run's time that are newer than ``taken`` (seconds since the epoch)."""
        origin = watched.record.attempts[0].started
        end = watched.run.ended if watched.run.ended is not None else float("inf")
        with self._lock:
            news = [one for one in self._samples if max(taken, origin) < one.taken <= end]
            reason = self._reason
        if not news:
            quiet = "GPUs are looked at while a run runs and its panel is open."
            return GpuCurves((), (), (), taken, reason or (quiet if watched.over else ""))
        own = frozenset[int]() if watched.over else held_by(watched.record, news[-1].report)
        seconds = tuple(round(one.taken - origin, 3) for one in news)
        at = tuple(panel.place_at(watched, moment) for moment in seconds)
        curves = tuple(_curve(gpu, news, gpu.index in own) for gpu in news[-1].report.gpus)
        return GpuCurves(curves, at, seconds, news[-1].taken, "")


def _curve(gpu: GpuFact, news: list[_Sample], own: bool) -> GpuCurve:
    facts = [
        next((one for one in sample.report.gpus if one.index == gpu.index), None) for sample in news
    ]
    return GpuCurve(
        index=gpu.index,
        name=gpu.name,
        memory=gpu.memory,
        own=own,
        used=tuple(0.0 if one is None else float(one.memory - one.free) for one in facts),
        busy=tuple(
            None if one is None or one.utilization is None else float(one.utilization)
            for one in facts
        ),
    )
