"""Use case: which runs there are and what became of each, told from its record, log and session."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from propel_helper.app.ending import elsewhere, ending_of, running
from propel_helper.app.observe import observe
from propel_helper.facts.problem import Problem
from propel_helper.facts.run import Run, RunState
from propel_helper.runs.ledger import Ledger
from propel_helper.runs.record import Attempt, Ending, Record
from propel_helper.sessions import named
from propel_helper.sessions.port import Held, Order, Words


def all_runs(ledger: Ledger) -> tuple[Run, ...]:
    """Every run of the ledger, the newest first."""
    return tuple(run_of(ledger, record) for record in ledger.records())


def matching(runs: tuple[Run, ...], text: str) -> tuple[Run, ...]:
    """The runs whose id, command, folder, state or reason holds every word of ``text``."""
    words = text.casefold().split()
    return tuple(
        run
        for run in runs
        if all(
            word
            in f"{run.run}\n{run.command}\n{run.cwd}\n{run.state.value}\n{run.reason}".casefold()
            for word in words
        )
    )


def find(ledger: Ledger, name: str) -> Record:
    """The record of the run that ``name`` stands for: its id, or the path of one of its logs.

    Raises:
        Problem: there is no such run.
    """
    record = ledger.record(name)
    if record is not None:
        return record
    path = Path(name).expanduser().absolute()
    record = ledger.record(path.parent.name)
    if record is not None and any(Path(one.log) == path for one in record.attempts):
        return record
    raise Problem(
        f"There is no run {name!r} below {ledger.folder}.",
        "`propel-helper runs` lists the runs that there are.",
    )


def look(ledger: Ledger, name: str) -> Run:
    """The run as it stands now. Raises ``Problem`` when there is no such run."""
    return run_of(ledger, find(ledger, name))


def run_of(ledger: Ledger, record: Record) -> Run:
    """A record as the fact that everybody shows; an end that is seen now is remembered."""
    record = _with_found_window(ledger, record)
    ending = judge(ledger, record)
    if ending.state is RunState.RUNNING:
        record = observe(ledger, record)
    attempt = record.last
    held = record.window
    differs = (
        attempt.observed.differs if attempt.observed and ending.state is RunState.RUNNING else ()
    )
    words = named(record.backend).words(Held(**vars(held))) if held else Words("", "", "", "")
    return Run(
        run=record.run,
        command=attempt.command,
        cwd=record.cwd,
        backend=record.backend,
        session=held.session if held else record.name,
        log=attempt.log,
        attempt=attempt.number,
        state=ending.state,
        exit_status=ending.exit_status,
        reason=" ".join(filter(None, (ending.reason, *differs))),
        started=attempt.started,
        ended=ending.ended,
        attach=words.attach,
        detach=words.detach,
        list=words.list,
        kill=words.kill,
        fixes=record.fixes,
        options=attempt.options,
        observed=attempt.observed,
        debugged=attempt.debugged,
    )


def judge(ledger: Ledger, record: Record, *, alone: bool = False) -> Ending:
    """What became of the run's last attempt. An end that is seen for the first time is recorded.

    ``alone``: the caller is the one who may start or end this run (``Ledger.alone``).
    """
    record = _with_found_window(ledger, record, alone=alone)
    attempt = record.last
    if attempt.ending is not None:
        return attempt.ending
    if _unopened(record) and not alone and ledger.busy(record.run):
        return running("It is being started.")
    ending = ending_of(record, attempt)
    if ending.state is not RunState.RUNNING:
        # A disk that is full keeps nobody from being told: it is found out again next time.
        with suppress(Problem):
            ledger.append(
                record.run,
                "ended",
                attempt=attempt.number,
                state=ending.state.value,
                exit_status=ending.exit_status,
                reason=ending.reason,
                ended=ending.ended,
            )
    return ending


def order_of(record: Record, attempt: Attempt, environ: Mapping[str, str]) -> Order:
    """The window that an attempt asks for."""
    return Order(
        session=record.name,
        text_file=Path(attempt.text_file),
        cwd=record.cwd,
        log=Path(attempt.log),
        nonce=attempt.nonce,
        environ=environ,
        options=attempt.options,
    )


def _unopened(record: Record) -> bool:
    """Whether nothing is known of the last attempt's window, on this host."""
    last = record.last
    known = last.window is not None or last.refused is not None or last.ending is not None
    return not known and not elsewhere(record)


def _with_found_window(ledger: Ledger, record: Record, *, alone: bool = False) -> Record:
    """The record with the window of a launch that was cut off, if that came up."""
    if not _unopened(record) or (not alone and ledger.busy(record.run)):
        return record
    held = named(record.backend).found(order_of(record, record.last, {}))
    if held is None:
        # The launch may have come to its end just before the lock was looked at.
        return ledger.record(record.run) or record
    ledger.append(record.run, "started", attempt=record.last.number, **vars(held))
    return ledger.record(record.run) or record
