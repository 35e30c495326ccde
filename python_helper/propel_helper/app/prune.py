"""Use case: remove the records and logs of runs that are over."""

from __future__ import annotations

import time
from contextlib import suppress
from dataclasses import dataclass

from propel_helper.app.ending import elsewhere
from propel_helper.app.runs import shown
from propel_helper.facts.problem import Problem
from propel_helper.facts.run import Run, RunState
from propel_helper.runs.ledger import Ledger
from propel_helper.runs.record import Record
from propel_helper.sessions import named
from propel_helper.sessions.port import Held

_DAY_S = 86_400.0
_CLAIM_S = 3600.0
"""Seconds after which a launch that has written nothing more is over."""


@dataclass(frozen=True)
class Pruning:
    """One run that was asked about.

    Attributes:
        size: bytes of its record and logs on the disk.
        kept: why it stays, one sentence; "" when it may go.
    """

    run: Run
    size: int
    kept: str


def candidates(ledger: Ledger, older_than_days: float, keep: int) -> tuple[Pruning, ...]:
    """The runs that are over, oldest first, but for the ``keep`` newest of all runs.

    Left out are those that run, and those that ended (or, when nothing tells, were started) less
    than ``older_than_days`` days ago.
    """
    latest = time.time() - older_than_days * _DAY_S
    found = []
    for record in list(ledger.records())[keep:]:
        run = shown(ledger, record)
        old = (run.started if run.ended is None else run.ended) <= latest
        if run.state is not RunState.RUNNING and old:
            size = ledger.size(run.run)
            found.append(Pruning(run, size, _why_kept(ledger.record(run.run) or record)))
    return tuple(reversed(found))


def clear_claims(ledger: Ledger) -> None:
    """Remove what launches left that were ended before they had an attempt.

    It shows nowhere: there is nothing to ask about, and nothing is lost.
    """
    for claim in ledger.never_started(_CLAIM_S):
        with suppress(Problem):
            ledger.remove(claim)


def remove(ledger: Ledger, run: str) -> None:
    """Remove a run's record and logs for good, its kept originals of fixed files too.

    Raises:
        Problem: it runs (again), its session is alive, or the disk does not let it go.
    """
    try:
        _remove(ledger, run)
    except Problem:
        # Somebody else who prunes may have been faster at any point.
        if ledger.folder_of(run).exists():
            raise


def _remove(ledger: Ledger, run: str) -> None:
    with ledger.alone(run):
        record = ledger.record(run)
        if record is None:
            return
        kept = _why_kept(record)
        # Somebody may have restarted it since it was asked about.
        if record.last.ending is None:
            kept = kept or "It has not ended."
        if kept:
            raise Problem(
                f"Run {run} was not removed. {kept}",
                f"`propel-helper kill {run}` ends its session.",
            )
        ledger.remove(run)


def _why_kept(record: Record) -> str:
    if elsewhere(record):
        return f"It is of the host {record.host}: its session can't be seen from here."
    try:
        windows = {Held(**vars(window)) for window in record.windows}
        alive = [held.session for held in windows if named(record.backend).alive(held)]
    except Problem as problem:
        return f"Whether its session is alive can't be told. {problem}"
    return f"Its session {alive[0]} is alive." if alive else ""
