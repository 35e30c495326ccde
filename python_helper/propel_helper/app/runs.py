"""Use case: which runs there are and what became of each, told from its record, log and session."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from propel_helper.app.ending import elsewhere, ending_of, running
from propel_helper.app.observe import observe
from propel_helper.app.typed_path import typed
from propel_helper.facts.problem import Problem
from propel_helper.facts.run import Run, RunState
from propel_helper.runs.damage import Damage
from propel_helper.runs.ledger import Ledger
from propel_helper.runs.moved import found_again
from propel_helper.runs.record import Attempt, Ending, Record
from propel_helper.sessions import named
from propel_helper.sessions.port import Held, Order, Words

SESSION = "propel-train-"
"""What every session's name begins with; the run's id follows."""


class NoRun(Problem):
    """There is no run of that name."""


class Damaged(Problem):
    """There is one, and its record can't be read."""


def all_runs(ledger: Ledger) -> tuple[Run, ...]:
    """Every run of the ledger, the newest first.

    By their first starts: an id is in local time, which a summer's end or another zone turns back.
    """
    found = sorted(ledger.all(), key=_first_start, reverse=True)
    return tuple(_damaged(one) if isinstance(one, Damage) else shown(ledger, one) for one in found)


def damaged_runs(ledger: Ledger) -> tuple[Run, ...]:
    """The runs whose record can't be read. Nothing tells their folder: they are everybody's to see."""
    return tuple(_damaged(one) for one in ledger.all() if isinstance(one, Damage))


def _first_start(found: Record | Damage) -> float:
    return found.started if isinstance(found, Damage) else found.attempts[0].started


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
        NoRun: there is no such run.
        Damaged: its record can't be read.
    """
    record = ledger.record(name)
    if record is not None:
        return record
    path = typed(name).absolute()
    record = ledger.record(path.parent.name)
    if record is not None and any(is_log_of(ledger, record, one, path) for one in record.attempts):
        return record
    damage = ledger.damage(path.parent.name if path.parent.parent == ledger.folder else name)
    if damage is not None:
        raise Damaged(
            f"Run {damage.run} can't be looked after. {damage.told}",
            f"Look for its session, {SESSION}{damage.run}, by hand (`screen -ls`, `tmux ls`).",
        )
    raise NoRun(
        f"There is no run {name!r} below {ledger.folder}.",
        "`propel-helper runs` lists the runs that there are.",
    )


def is_log_of(ledger: Ledger, record: Record, attempt: Attempt, path: Path) -> bool:
    """Whether an attempt's log stands, or stood, at the absolute ``path``."""
    stood = ledger.folder_of(record.run) / f"attempt-{attempt.number}.log"
    return path in (Path(attempt.log), stood)


def look(ledger: Ledger, name: str) -> Run:
    """The run as it stands now. Raises ``Problem`` when there is no such run."""
    return run_of(ledger, find(ledger, name))


def run_of(ledger: Ledger, record: Record) -> Run:
    """A record as the fact that everybody shows; an end that is seen now is remembered."""
    record = found_again(_with_found_window(ledger, record))
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
    if ending.state is not RunState.RUNNING and ending.final:
        settle(ledger, record, ending)
    return ending


def settle(ledger: Ledger, record: Record, ending: Ending) -> None:
    """Record how the last attempt ended, for good."""
    # A disk that is full keeps nobody from being told: it is found out again next time.
    with suppress(Problem):
        ledger.append(
            record.run,
            "ended",
            attempt=record.last.number,
            state=ending.state.value,
            exit_status=ending.exit_status,
            reason=ending.reason,
            ended=ending.ended,
        )


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


def shown(ledger: Ledger, record: Record) -> Run:
    """A run; one that this Propel can't look after (another version's) hides no other."""
    try:
        return run_of(ledger, record)
    except Problem as problem:
        last = record.last
        known = _unknown(record.run, last.command, last.log, last.number, last.started)
        told = str(problem)
        return replace(
            known, cwd=record.cwd, backend=record.backend, session=record.name, reason=told
        )


def _damaged(damage: Damage) -> Run:
    """A run that nothing can be told of but where its log is: it hides no other."""
    known = _unknown(damage.run, damage.command, damage.log, damage.attempt, damage.started)
    return replace(known, reason=damage.told)


def _unknown(run: str, command: str, log: str, attempt: int, started: float) -> Run:
    """A run of which no more is known, so that nothing can be done with it."""
    return Run(
        run=run,
        command=command,
        cwd="",
        backend="",
        session=SESSION + run,
        log=log,
        attempt=attempt,
        state=RunState.LOST,
        exit_status=None,
        reason="",
        started=started,
        ended=None,
        attach="",
        detach="",
        list="",
        kill="",
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
