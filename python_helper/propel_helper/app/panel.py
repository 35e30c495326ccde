"""Use case: what a run panel shows of a run's numbers, and what is new since it last asked."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Iterable

from propel_helper.app.curves import AttemptCurves
from propel_helper.app.watched import Watched
from propel_helper.facts.panel import CurveMark, CurvePiece, Marker, MarkerKind, RunCurves
from propel_helper.facts.run import FixRecord, RunState
from propel_helper.metrics.charts import charts
from propel_helper.runs.record import Attempt

BUDGET_S = 0.1
"""Seconds of one answer that go into reading: a long log comes in several answers."""
ATTEMPTS = 8
"""The newest attempts of a run that are drawn."""
KEPT = 6
"""Runs whose curves are kept for who comes back."""

_SAYS = 'Propel reads lines such as "step 100 loss 0.31 lr 3e-4" and the bars of the usual loops.'


class RunPanel:
    """The curves of one run, for as many panels as show it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._attempts: dict[int, AttemptCurves] = {}

    def news(self, watched: Watched, marks: Iterable[CurveMark]) -> RunCurves:
        """What somebody lacks who has what ``marks`` says."""
        with self._lock:
            shown = self._read(watched)
            wanted = charts(dict.fromkeys(name for one in shown.values() for name in one.names))
            names = [name for chart in wanted for name in chart.names]
            known = {(mark.attempt, mark.name): mark for mark in marks}
            pieces = [
                piece
                for number, one in shown.items()
                for piece in one.pieces({name: known.get((number, name)) for name in names})
            ]
            size = sum(one.size for one in shown.values())
            left = sum(one.left for one in shown.values())
            newest = shown[watched.run.attempt]
            return RunCurves(
                run=watched.run.run,
                read=1.0 if not left else min(0.99, 1 - left / size),
                settled=watched.over and not left,
                progress="" if newest.left else newest.progress,
                empty="" if wanted or left else _empty(watched, newest.size),
                charts=wanted,
                pieces=tuple(pieces),
                markers=_markers(watched, shown),
            )

    def detail(self, names: Iterable[str], first: float, last: float) -> tuple[CurvePiece, ...]:
        """The curves between two places, as fine as they were kept."""
        with self._lock:
            found = (
                one.detail(name, first, last) for one in self._attempts.values() for name in names
            )
            return tuple(piece for piece in found if piece is not None)

    def place_at(self, watched: Watched, seconds: float) -> float:
        """How far the last attempt was, ``seconds`` after the run's first start."""
        with self._lock:
            newest = self._attempts.get(watched.run.attempt)
            return 0.0 if newest is None else newest.place_at(seconds)

    def _read(self, watched: Watched) -> dict[int, AttemptCurves]:
        """The attempts to draw, oldest first; the newest is read first."""
        attempts = watched.record.attempts[-ATTEMPTS:]
        origin = watched.record.attempts[0].started
        until = time.monotonic() + BUDGET_S
        for attempt in reversed(attempts):
            curves = self._attempts.setdefault(attempt.number, AttemptCurves(attempt, origin))
            last = attempt.number == watched.run.attempt
            over = watched.over or not last
            ending = attempt.ending
            ended = watched.run.ended if last else ending.ended if ending else None
            curves.advance(until, ended)
            if over:
                curves.end()
        return {one.number: self._attempts[one.number] for one in attempts}


class RunPanels:
    """One ``RunPanel`` for each of the runs that were looked at last."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._panels: OrderedDict[str, RunPanel] = OrderedDict()

    def of(self, run: str) -> RunPanel:
        """The panel of a run."""
        with self._lock:
            panel = self._panels.pop(run, None) or RunPanel()
            self._panels[run] = panel
            while len(self._panels) > KEPT:
                self._panels.popitem(last=False)
            return panel


def _empty(watched: Watched, size: int) -> str:
    if not watched.over and not size:
        return "No step or loss read yet: the run has printed nothing so far."
    if not watched.over:
        return f"No step or loss read yet: what the run has printed names none. {_SAYS}"
    if not size:
        return "No step or loss was read: the run printed nothing."
    return f"No step or loss was read: what the run printed names none. {_SAYS}"


def _markers(watched: Watched, shown: dict[int, AttemptCurves]) -> tuple[Marker, ...]:
    """What happened to the run, in order."""
    found: list[Marker] = []
    origin = watched.record.attempts[0].started
    for attempt in watched.record.attempts[-ATTEMPTS:]:
        curves = shown[attempt.number]
        started = attempt.started - origin
        if attempt.number > 1:
            text = f"Started again, attempt {attempt.number}"
            found.append(Marker(MarkerKind.RESTART, attempt.number, curves.first, started, text))
        odd = curves.not_a_number
        if odd is not None:
            text = f"The loss is not a number from step {odd:.15g} on"
            kind = MarkerKind.NOT_A_NUMBER
            found.append(Marker(kind, attempt.number, odd, curves.seconds_at(odd), text))
        ending = _ending(watched, attempt)
        if ending is not None:
            kind, ended, text = ending
            seconds = (ended if ended is not None else attempt.started) - origin
            found.append(Marker(kind, attempt.number, curves.place, max(started, seconds), text))
        found += [
            Marker(MarkerKind.FIX, attempt.number, curves.place, fix.at - origin, _fixed(fix))
            for fix in watched.run.fixes
            if fix.attempt == attempt.number
        ]
    return tuple(found)


def _ending(watched: Watched, attempt: Attempt) -> tuple[MarkerKind, float | None, str] | None:
    """What ended an attempt: kind, seconds since the epoch, sentence."""
    last = attempt.number == watched.run.attempt
    run, ending = watched.run, attempt.ending
    if last and not watched.over:
        return None
    if not last and ending is None:
        return MarkerKind.CRASH, None, f"Attempt {attempt.number} ended; nothing tells how"
    state = run.state if last or ending is None else ending.state
    ended = run.ended if last or ending is None else ending.ended
    reason = run.reason if last or ending is None else ending.reason
    if state is RunState.SUCCEEDED:
        return MarkerKind.END, ended, "Trained to the end"
    if attempt.killed is not None or state is RunState.KILLED:
        return MarkerKind.KILLED, ended, f"Ended: {reason}" if reason else "Ended"
    return MarkerKind.CRASH, ended, _crashed(watched, attempt, reason)


def _crashed(watched: Watched, attempt: Attempt, reason: str) -> str:
    """What an attempt crashed of, as far as that is known without reading its log again."""
    if attempt.number == watched.run.attempt and watched.findings:
        finding = watched.findings[0]
        head = next(iter(finding.message.strip().splitlines()), "") or finding.error
        return f"Crashed: {finding.exception}: {head}" if finding.exception else f"Crashed: {head}"
    rules = [fix.rule for fix in watched.run.fixes if fix.attempt == attempt.number]
    told = ", ".join(dict.fromkeys(rules)) or reason
    return f"Attempt {attempt.number} crashed: {told}" if told else "Crashed"


def _fixed(fix: FixRecord) -> str:
    back = ", taken back since" if fix.reverted else ""
    return f"Fixed {', '.join(fix.changes) or fix.rule}{back}"
