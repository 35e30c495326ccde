"""Use case: why a run is stuck. Who waits where, read from all its processes without a stop."""

from __future__ import annotations

import os
import time
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from propel_helper.app.ending import elsewhere
from propel_helper.app.python_processes import MOST, PythonProcess, python_processes
from propel_helper.app.runs import find, run_of
from propel_helper.app.stuck_frames import Frames
from propel_helper.app.stuck_recorder import recorded
from propel_helper.facts.hang import Hang
from propel_helper.facts.problem import Problem
from propel_helper.facts.run import Run, RunState
from propel_helper.facts.stack import Deed, Pause, Standing, ThreadStack
from propel_helper.hangs.answer import answer
from propel_helper.hangs.grouping import groups
from propel_helper.hangs.subjects import own_part, subjects, with_spawned_ranks
from propel_helper.runs.ledger import Ledger, state_folder
from propel_helper.runs.record import Record
from propel_helper.sessions import processes, tracing
from propel_helper.sessions.port import Held
from propel_helper.sessions.window import members
from propel_helper.stacks import kernel
from propel_helper.stacks.py_spy import Spied, SpiedThread, program, spy

BETWEEN_S = 0.4
"""Seconds between two looks: who is at another line then is not stuck."""


def stuck(ledger: Ledger, name: str, root: Path | None = None) -> Hang:
    """Look at every process of the run twice and say who waits for whom.

    ``root``: the project's folder, absolute; without it the run's own.

    Raises:
        Problem: there is no such run, it runs no more or elsewhere, or the system forbids the look.
    """
    record = find(ledger, name)
    run = run_of(ledger, record)
    frames = Frames(root or Path(run.cwd), Path(run.cwd))
    found = _processes(record, run)
    standings = with_spawned_ranks(_look(found, program(state_folder(os.environ))))
    _refuse_blind(standings)
    told = groups(subjects(standings, frames.owned))
    environs = {one.pid: one.environ for one in found}
    ranked = {one.rank: environs[one.pid] for one in standings if one.rank is not None}
    return Hang(
        run=run.run,
        text=answer(told, _missing(ranked)),
        groups=told,
        recorder=recorded(ranked, record.last.started, frames),
        notes=tuple(_notes(standings, ranked)),
    )


def _processes(record: Record, run: Run) -> tuple[PythonProcess, ...]:
    """The Python processes of the run on this host, parents first."""
    if run.state is not RunState.RUNNING:
        raise Problem(
            f"The run {run.run} has ended ({run.state.value}): nothing of it waits any more.",
            f"`propel-helper diagnose {run.run}` says how it ended.",
        )
    pids = _pids(record)
    seen = [one for pid in pids if (one := processes.seen(pid)) is not None]
    pythons = python_processes(seen)
    if not pythons:
        others = sorted({Path(one.program).name for one in seen if one.program})
        what = f"; there is {', '.join(others[:5])}" if others else ""
        raise Problem(
            f"No Python process runs in this run's session on this host{what}.",
            f"Look at the session: `{run.attach}`." if run.attach else "Look at its log.",
        )
    return pythons


def _pids(record: Record) -> tuple[int, ...]:
    window = record.last.window
    if record.backend == "slurm" and window is not None:
        # The job's processes descend from the node's daemon, on whichever node they are.
        number = window.window.partition(";")[0]
        found = processes.of_job("SLURM_JOB_ID", number)
        if not found:
            raise Problem(
                f"No process of job {number} is on this host.",
                f"Run `propel-helper stuck {record.run}` on the job's node: `srun --jobid {number} "
                f"--overlap --pty propel-helper stuck {record.run}`.",
            )
        return found
    if elsewhere(record):
        raise Problem(
            f"The run's processes are on {record.host}.",
            f"Run `propel-helper stuck {record.run}` there.",
        )
    if window is None or not processes.lives(window.pid, window.born):
        raise Problem("The run has no process yet.", "Try again in a moment.")
    return members(Held(**vars(window)))


def _look(found: Sequence[PythonProcess], py_spy: Path) -> tuple[Standing, ...]:
    pids = tuple(one.pid for one in found)
    first = spy(py_spy, pids)
    time.sleep(BETWEEN_S)
    second = spy(py_spy, pids)
    standings = []
    for one, before, after in zip(found, first, second, strict=True):
        now = before if after.error else after
        standing = Standing(
            pid=one.pid,
            parent=one.parent,
            rank=one.rank,
            arguments=one.seen.arguments,
            threads=tuple(_thread(one.pid, thread) for thread in now.threads),
            unread=_why(one.pid, now),
        )
        moves = not before.error and not after.error and _place(before) != _place(after)
        held = any(thread.deed.pause is Pause.STOPPED for thread in standing.threads)
        standings.append(replace(standing, moves=moves and not held))
    return tuple(standings)


def _is_main(pid: int, thread: SpiedThread) -> bool:
    return thread.tid == pid if thread.tid is not None else thread.name == "MainThread"


def _thread(pid: int, thread: SpiedThread) -> ThreadStack:
    is_main = _is_main(pid, thread)
    # Up to Python 3.10 a thread's number is hidden; the first one's is that of the process.
    tid = pid if is_main else thread.tid
    deed = Deed(Pause.UNKNOWN)
    if tid is not None:
        deed = kernel.deed(pid, tid, is_active=thread.is_active)
    if is_main and processes.is_stopped(pid):
        deed = Deed(Pause.STOPPED)
    return ThreadStack(thread.name, is_main, thread.frames, deed)


def _place(spied: Spied) -> tuple[tuple[str, int], ...]:
    """Where the main thread is: its own frames, file and line."""
    main = next((one for one in spied.threads if one.name == "MainThread"), None)
    main = main or (spied.threads[-1] if spied.threads else None)
    return tuple((one.file, one.line) for one in own_part(main.frames)) if main else ()


def _why(pid: int, spied: Spied) -> str:
    if not spied.error:
        return ""
    if not processes.born(pid):
        return f"Process {pid} ended while it was looked at."
    if spied.denied:
        return str(_refusal(pid))
    return f"Process {pid} could not be read: {spied.error}."


def _refuse_blind(standings: Sequence[Standing]) -> None:
    """Raise why nothing could be read at all."""
    if any(standing.threads for standing in standings):
        return
    first = standings[0]
    refusal = _refusal(first.pid)
    if str(refusal) == first.unread:
        raise refusal
    raise Problem(first.unread, "Try again; `propel-helper attach` shows the session.")


def _refusal(pid: int) -> Problem:
    """Why the system lets nobody look into a process; a debugger needs the same right."""
    return tracing.forbidden(pid) or Problem(
        f"The system lets only root look into process {pid}.",
        f"`sudo py-spy dump --pid {pid}` shows its stack by hand.",
    )


def _missing(ranked: Mapping[int, Mapping[str, str]]) -> tuple[int, ...]:
    """Ranks that belong on this host, by what torchrun told the others, and are not there.

    https://docs.pytorch.org/docs/stable/elastic/run.html#environment-variables
    """
    for rank, environ in ranked.items():
        local, many = environ.get("LOCAL_RANK", ""), environ.get("LOCAL_WORLD_SIZE", "")
        if local.isdigit() and many.isdigit() and int(many) <= MOST:
            first = rank - int(local)
            return tuple(r for r in range(first, first + int(many)) if r not in ranked)
    return ()


def _notes(standings: Sequence[Standing], ranked: Mapping[int, Mapping[str, str]]) -> list[str]:
    said = [
        f"Rank {one.rank}: {one.unread}" if one.rank is not None else one.unread
        for one in standings
        if one.unread
    ]
    world = next((e["WORLD_SIZE"] for e in ranked.values() if "WORLD_SIZE" in e), "")
    local = next((e["LOCAL_WORLD_SIZE"] for e in ranked.values() if "LOCAL_WORLD_SIZE" in e), world)
    if world.isdigit() and local.isdigit() and int(world) > int(local):
        rest = int(world) - int(local)
        said.append(f"{rest} more ranks are on other hosts and can't be seen from here.")
    return said
