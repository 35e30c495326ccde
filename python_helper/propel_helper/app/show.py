"""Use case: all that is known of one run."""

from __future__ import annotations

from dataclasses import dataclass

from propel_helper.app.runs import find, run_of
from propel_helper.facts.run import Observed, Run
from propel_helper.runs.ledger import Ledger
from propel_helper.runs.record import Attempt


@dataclass(frozen=True)
class AttemptStory:
    """One start of the command: what was confirmed, what was seen to run, how it ended.

    Attributes:
        python: absolute path of the interpreter that the confirmed text would get, None when that
            could not be told.
        started, ended: seconds since the epoch, None while unknown.
        state: as ``RunState``; "running" while there is no end.
    """

    attempt: int
    command: str
    python: str | None
    log: str
    started: float
    ended: float | None
    state: str
    exit_status: int | None
    reason: str
    observed: Observed | None


@dataclass(frozen=True)
class Story:
    """A run as it stands, and each of its attempts, oldest first."""

    run: Run
    host: str
    attempts: tuple[AttemptStory, ...]


def show(ledger: Ledger, name: str) -> Story:
    """All that is known of a run. Raises ``Problem`` when there is no such run."""
    record = find(ledger, name)
    run = run_of(ledger, record)
    record = find(ledger, record.run)
    return Story(run, record.host, tuple(_attempt(one, run) for one in record.attempts))


def _attempt(one: Attempt, run: Run) -> AttemptStory:
    last = one.number == run.attempt
    ending = one.ending
    # The last one's end was seen just now, even when the disk did not take it.
    return AttemptStory(
        attempt=one.number,
        command=one.command,
        python=one.python,
        log=one.log,
        started=one.started,
        ended=run.ended if last else ending.ended if ending else None,
        state=run.state.value if last else ending.state.value if ending else "lost",
        exit_status=run.exit_status if last else ending.exit_status if ending else None,
        reason=run.reason if last else ending.reason if ending else "",
        observed=one.observed,
    )
