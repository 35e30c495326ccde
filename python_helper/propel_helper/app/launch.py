"""Use case: run exactly the confirmed text in a session, again, and end it."""

from __future__ import annotations

import os
import secrets
import time
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from propel_helper.app.background import end_of
from propel_helper.app.plan import plan, refuse_options, refuse_unless_possible
from propel_helper.app.python_of import python_of
from propel_helper.app.runs import SESSION, find, judge, order_of, run_of, settle
from propel_helper.facts.problem import Problem
from propel_helper.facts.run import Run, RunState
from propel_helper.runs.ledger import Ledger
from propel_helper.runs.record import Ending, Record
from propel_helper.sessions import choose, memory, named, processes
from propel_helper.sessions.port import Backend, Held
from propel_helper.sessions.scheduler import Scheduler
from propel_helper.sessions.window import end_left

GRACE_S = 5.0
"""Seconds that a run has to end by itself after it was asked to."""

_GOING_S = 5.0
"""Seconds that a window may take to go with its session."""

__all__ = ["attach_argv", "kill", "launch", "plan", "restart"]


def launch(
    ledger: Ledger,
    command: str,
    cwd: str,
    backend: str,
    environ: Mapping[str, str],
    options: str = "",
) -> Run:
    """Start ``command`` in a new session and record it; returns once its session is up.

    ``backend`` is ``auto`` or a backend's name; ``environ`` is the whole environment to run with;
    ``options`` are for a scheduler (Slurm: of sbatch).

    Raises:
        Problem: it can't be launched, with the next step. Nothing runs then.
    """
    refuse_unless_possible(command, cwd)
    chosen = choose(backend, environ)
    refuse_options(chosen, command, options)
    cwd = str(Path(cwd).absolute())
    run = _claim(ledger, chosen, environ)
    with ledger.alone(run):
        ledger.append(
            run,
            "launched",
            run=run,
            cwd=cwd,
            backend=chosen.name,
            name=SESSION + run,
            host=processes.host(),
        )
        _open(ledger, _announce(ledger, run, 1, command, options), environ)
    return run_of(ledger, reread(ledger, run))


def restart(
    ledger: Ledger,
    name: str,
    environ: Mapping[str, str],
    command: str | None = None,
    options: str | None = None,
    debugged: str = "",
) -> Run:
    """Start a run's command again, in the same session when that lives, else in a new one.

    ``command`` replaces the text, ``options`` those of the scheduler; ``environ`` is for a new session only, one that lives keeps its
    own. ``debugged`` is the same text under a debugger, for this one attempt.

    Raises:
        Problem: no such run, or it still runs, or it can't be started.
    """
    run = find(ledger, name).run
    with ledger.alone(run):
        record = reread(ledger, run)
        if _settled(ledger, record).state is RunState.RUNNING:
            raise Problem(
                f"Run {run} still runs in {record.name}.",
                f"End it first with `propel-helper kill {run}`, or wait for its end.",
            )
        text = record.last.command if command is None else command
        wanted = record.last.options if options is None else options
        refuse_unless_possible(debugged or text, record.cwd)
        refuse_options(named(record.backend), text, wanted)
        number = record.last.number + 1
        _open(ledger, _announce(ledger, run, number, text, wanted, debugged), environ)
    return run_of(ledger, reread(ledger, run))


def kill(ledger: Ledger, name: str, grace_s: float = GRACE_S) -> Run:
    """End a run's processes and its session; of a run that has ended, the session that is left.

    Raises:
        Problem: no such run, its session does not end, or that it was ended could not be recorded.
    """
    run = find(ledger, name).run
    unrecorded: Problem | None = None
    stays = False
    with ledger.alone(run):
        record = reread(ledger, run)
        running = _settled(ledger, record).state is RunState.RUNNING
        record = reread(ledger, run)
        backend = named(record.backend)
        if running:
            _refuse_unreached(record)
            try:
                ledger.append(run, "killed", attempt=record.last.number)
            except Problem as problem:
                # A full disk is no reason to let it run on.
                unrecorded = problem
            window = record.last.window
            if window is not None:
                backend.end(Held(**vars(window)), grace_s)
                if unrecorded is None:
                    judge(ledger, reread(ledger, run), alone=True)
        held = _held(record)
        if held is not None and _unreached(record) is None:
            ended = record.last.ending.ended if record.last.ending else None
            if not running and ended is not None and not isinstance(backend, Scheduler):
                end_left(held, end_of(ended), grace_s)
            stays = backend.close(held, _windows(record))
            if running and record.last.window and not isinstance(backend, Scheduler):
                window = record.last.window
                # The session's end only asks the window to end; on a busy host that takes a while.
                processes.wait_until_gone(window.pid, window.born, grace_s + _GOING_S)
    if unrecorded is not None:
        raise Problem(
            f"The run was ended, but not recorded as ended by you. {unrecorded.cause}",
            unrecorded.next_step,
        )
    ended_run = run_of(ledger, reread(ledger, run))
    if not stays:
        return ended_run
    note = "Its session stays, because other windows were opened in it."
    return replace(ended_run, reason=f"{ended_run.reason} {note}")


def _windows(record: Record) -> tuple[Held, ...]:
    """The windows of all attempts."""
    return tuple(Held(**vars(one.window)) for one in record.attempts if one.window)


def _settled(ledger: Ledger, record: Record) -> Ending:
    """What became of the last attempt, whose session is about to be ended or to go on with another."""
    ending = judge(ledger, record, alone=True)
    if ending.state is not RunState.RUNNING and not ending.final:
        settle(ledger, record, ending)
    return ending


def attach_argv(ledger: Ledger, name: str) -> tuple[str, ...]:
    """Program and arguments that attach a terminal to the run's session.

    Raises:
        Problem: no such run, or its session is gone.
    """
    record = find(ledger, name)
    _refuse_unreached(record)
    backend = named(record.backend)
    held = _held(record)
    if held is None or not backend.alive(held):
        raise Problem(
            f"The session {held.session if held else record.name} is gone.",
            f"Its output is still there: {record.last.log}",
        )
    return backend.attach_argv(held)


def _claim(ledger: Ledger, backend: Backend, environ: Mapping[str, str]) -> str:
    """An id that no run of this ledger and no session of this host has."""
    stamp = time.strftime("%Y%m%d-%H%M%S")
    number = 1
    while True:
        run = stamp if number == 1 else f"{stamp}-{number}"
        if not backend.taken(SESSION + run, environ) and ledger.create(run):
            return run
        number += 1


def _open(ledger: Ledger, record: Record, environ: Mapping[str, str]) -> None:
    """Open the window of the last attempt, in the run's session when that lives."""
    backend = named(record.backend)
    number = record.last.number
    order = order_of(record, record.last, environ)
    held = _held(record)
    moved = held is not None and not backend.alive(held)
    # A session that lives keeps its own environment, and with it its own Python.
    inside = processes.environment(held.pid) if held and not moved else environ
    text = record.last.debugged or record.last.command
    python = python_of(text, record.cwd, inside) if inside else None
    try:
        held = backend.launch(order) if held is None or moved else backend.again(held, order)
    except Problem as problem:
        ledger.append(record.run, "refused", attempt=number, reason=str(problem))
        raise
    counter = memory.counter(held.pid)
    more = {
        "moved": moved,
        "oom_kills": memory.kills(counter) if counter else None,
        "oom_counter": str(counter or ""),
        "python": python,
    }
    ledger.append(record.run, "started", attempt=number, **more, **vars(held))


def _announce(
    ledger: Ledger, run: str, number: int, command: str, options: str, debugged: str = ""
) -> Record:
    """Write down what is about to be started."""
    text = debugged or command
    text_file = ledger.write(run, f"attempt-{number}.command", os.fsencode(text))
    log = ledger.write(run, f"attempt-{number}.log", b"")
    ledger.append(
        run,
        "attempt",
        attempt=number,
        command=command,
        options=options,
        debugged=debugged,
        log=str(log),
        inode=log.stat().st_ino,
        text_file=str(text_file),
        nonce=secrets.token_hex(8),
        boot=processes.boot_id(),
    )
    return reread(ledger, run)


def reread(ledger: Ledger, run: str) -> Record:
    record = ledger.record(run)
    if record is None:
        raise Problem(
            f"The record of run {run} can't be read: {ledger.folder_of(run)}.",
            "Check that the folder is still there.",
        )
    return record


def _held(record: Record) -> Held | None:
    return Held(**vars(record.window)) if record.window else None


def _refuse_unreached(record: Record) -> None:
    problem = _unreached(record)
    if problem is not None:
        raise problem


def _unreached(record: Record) -> Problem | None:
    """Why this host can't do anything about the run; a scheduler is reached from many hosts."""
    backend, held = named(record.backend), _held(record)
    if held is not None and isinstance(backend, Scheduler):
        return backend.unreachable(held)
    if record.host != processes.host():
        return Problem(f"Run {record.run} is on the host {record.host}.", "Do this on that host.")
    return None
