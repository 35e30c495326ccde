"""Use case: how far each run is, told as its log grows, and when the metric that matters is there.

A thread of its own looks once a second at the logs of the runs that go on: however much they
print, nobody is told more than once a second, and no crash waits for it.
"""

from __future__ import annotations

from contextlib import suppress
from functools import partial
from typing import Protocol

from propel_helper.app import telling
from propel_helper.app.answers import short_name, standing_answers, target
from propel_helper.app.meter import Meter
from propel_helper.app.metrics import progress_words
from propel_helper.app.rounds import Rounds
from propel_helper.app.runs import find
from propel_helper.app.target import target_of
from propel_helper.coach.course import Course
from propel_helper.coach.during import target_metric
from propel_helper.facts.problem import Problem
from propel_helper.facts.run import Run, RunState
from propel_helper.runs.ledger import Ledger
from propel_helper.wire import RunNote, RunProgress

LOOK_S = 1.0
TURN_S = 0.25
"""Seconds of each look that reading may take, all runs together."""
ENDED = 50
"""Runs that had ended before anybody looked whose last words are read, the newest first."""

Wanted = tuple[str, str, float]


class MeterListener(Protocol):
    """Who is told. Called on the meters' own thread."""

    def progressed(self, found: RunProgress) -> None:
        """A run's log says something new of how far it is."""

    def reached(self, found: RunNote) -> None:
        """The metric that a person named has reached its value; said once on this host."""


class Meters(Rounds):
    """Reads the logs of the runs that it is shown."""

    def __init__(self, ledger: Ledger, listener: MeterListener) -> None:
        super().__init__("propel-meters", LOOK_S, self._take, self._look)
        self._ledger = ledger
        self._listener = listener
        self._meters: dict[str, Meter] = {}
        self._targets: dict[str, tuple[int, Wanted | None]] = {}
        self._ended = 0

    def _look(self) -> None:
        due = [meter for meter in self._meters.values() if not meter.done]
        for meter in due:
            self.guarded(partial(self._read, meter, TURN_S / len(due)))

    def _take(self, run: Run) -> None:
        known = self._meters.get(run.run)
        if known is not None and known.run.attempt == run.attempt:
            known.run = run
            return
        if known is None and run.state is not RunState.RUNNING:
            self._ended += 1
            if self._ended > ENDED:
                return
        self._meters[run.run] = Meter(run)

    def _read(self, meter: Meter, seconds: float) -> None:
        # Asked before the log is read: what a run that is over has printed is all there.
        over = meter.run.state is not RunState.RUNNING
        grown = False
        with suppress(OSError):
            grown = meter.advance(seconds)
        if over and not grown:
            meter.finish()
        elif not grown:
            return
        progress = meter.reader.progress()
        if progress != meter.told:
            meter.told = progress
            run, words = meter.run, progress_words(progress)
            name = short_name(run.command)
            self._listener.progressed(RunProgress(run.run, run.attempt, name, words))
        if meter.live:
            self._tell_target(meter)
        if meter.done:
            meter.release()

    def _tell_target(self, meter: Meter) -> None:
        wanted = self._target(meter.run.run)
        reached = target_of(meter.reader, wanted)
        said = target_metric.prompt(Course(running=True, elapsed_s=0.0, target=reached))
        if said is None:
            return
        name = telling.target(wanted)
        self._targets[meter.run.run] = (self._touched(meter.run.run), None)
        if not telling.is_told(self._ledger, meter.run.run, name):
            self._listener.reached(RunNote(meter.run, said.text, name))

    def _target(self, run: str) -> Wanted | None:
        """What the run is to reach, read anew only when its record was written to."""
        touched = self._touched(run)
        known = self._targets.get(run)
        if known is not None and known[0] == touched:
            return known[1]
        try:
            standing = standing_answers(self._ledger, find(self._ledger, run))
        except Problem:
            return None
        wanted = target(standing.get("target-metric", ""))
        self._targets[run] = (touched, wanted)
        return wanted

    def _touched(self, run: str) -> int:
        try:
            return self._ledger.folder_of(run).stat().st_mtime_ns
        except OSError:
            return 0
