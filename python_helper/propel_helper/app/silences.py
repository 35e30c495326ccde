"""Use case: notice a run that prints nothing any more, and when it prints again.

A thread of its own asks once a second how long each log is. A log is read once for each silence, to
learn how long the run usually takes between two reports.
"""

from __future__ import annotations

import time
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Protocol

from propel_helper.app.check_in import usual_gap
from propel_helper.app.flat_gpus import has_flat_gpus
from propel_helper.app.rounds import Rounds
from propel_helper.app.runs import find
from propel_helper.coach.course import Course
from propel_helper.coach.during import silence
from propel_helper.facts.run import Run, RunState
from propel_helper.runs.ledger import Ledger

LOOK_S = 1.0
AGAIN_S = 60.0
"""Seconds until the GPUs of a silent run that uses them are looked at again."""
LARGEST = 64 * 1024 * 1024
"""Bytes; of a larger log the usual gap is not learnt."""


class SilenceListener(Protocol):
    """Who is told. Called on a thread of its own."""

    def silent(self, run: str, text: str) -> None:
        """The run prints nothing for much longer than usual and its GPUs do nothing new."""

    def spoke(self, run: str, size: int | None) -> None:
        """The run has printed: its log has ``size`` bytes now. None: the attempt is over."""


@dataclass(frozen=True)
class _Log:
    """The log of a running attempt as it was seen last. ``due``: when to look closer (epoch)."""

    run: Run
    size: int
    gap_s: float | None
    due: float
    told: bool = False


class Silences(Rounds):
    """Watches the logs of the runs that it is shown."""

    def __init__(self, ledger: Ledger, listener: SilenceListener) -> None:
        super().__init__("propel-silences", LOOK_S, self._take, self._look)
        self._ledger = ledger
        self._listener = listener
        self._logs: dict[str, _Log] = {}

    def _look(self) -> None:
        for log in tuple(self._logs.values()):
            self.guarded(partial(self._ask, log))

    def _take(self, run: Run) -> None:
        known = self._logs.get(run.run)
        # One under the debugger stands still because a person looks at it.
        if run.state is not RunState.RUNNING or run.debugged:
            if self._logs.pop(run.run, None) is not None:
                self._listener.spoke(run.run, None)
        elif known is None or known.run.attempt != run.attempt:
            self._logs[run.run] = _Log(run, -1, None, 0.0)
            if known is not None:
                self._listener.spoke(run.run, None)

    def _ask(self, log: _Log) -> None:
        with suppress(OSError):
            about = Path(log.run.log).stat()
            if about.st_size != log.size:
                due = about.st_mtime + silence.LEAST_S
                self._logs[log.run.run] = _Log(log.run, about.st_size, None, due)
                self._listener.spoke(log.run.run, about.st_size)
            elif not log.told and time.time() >= log.due:
                since = max(about.st_mtime, log.run.started)
                self._logs[log.run.run] = self._closer(log, since)

    def _closer(self, log: _Log, since: float) -> _Log:
        """The log with what is known now. ``since``: when it grew last (epoch)."""
        gap = log.gap_s
        if gap is None and log.size <= LARGEST:
            gap = usual_gap(log.run)
        due = since + silence.limit_s(gap)
        if time.time() < due:
            return replace(log, gap_s=gap, due=due)
        if not has_flat_gpus(find(self._ledger, log.run.run)):
            return replace(log, gap_s=gap, due=time.time() + AGAIN_S)
        course = Course(running=True, elapsed_s=0.0, silent_s=time.time() - since, gap_s=gap)
        said = silence.prompt(course)
        if said is not None:
            self._listener.silent(log.run.run, said.text)
        return replace(log, gap_s=gap, told=True)
