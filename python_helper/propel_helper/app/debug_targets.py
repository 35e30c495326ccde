"""Use case: which Python processes a run has, called as a person calls them."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

from propel_helper.app.ending import elsewhere
from propel_helper.app.python_processes import PythonProcess, python_processes
from propel_helper.app.runs import find, judge
from propel_helper.facts.debugging import DebugTarget
from propel_helper.facts.problem import Problem
from propel_helper.facts.run import RunState
from propel_helper.project.installed import installation
from propel_helper.runs.ledger import Ledger
from propel_helper.runs.record import Record
from propel_helper.sessions import named, processes, tracing
from propel_helper.sessions.processes import Seen
from propel_helper.sessions.scheduler import Scheduler

# What multiprocessing runs beside a person's program.
_HELPERS = re.compile(r"multiprocessing\.(?:resource_tracker|forkserver|semaphore_tracker)")
_SPAWNED = re.compile(r"multiprocessing\.spawn")
_SHOWN = 120


def targets(ledger: Ledger, name: str) -> tuple[DebugTarget, ...]:
    """The Python processes of a run that runs; ranks first, then what starts or helps them.

    Raises:
        Problem: no such run, it does not run, or its processes are not on this host.
    """
    record = find(ledger, name)
    refuse_elsewhere(record)
    if judge(ledger, record).state is not RunState.RUNNING:
        raise Problem(
            f"Run {record.run} has ended; there is nothing to attach to.",
            'Use "Propel: Debug This Crash" to start its command under the debugger.',
        )
    window = (ledger.record(record.run) or record).last.window
    if window is None or not processes.lives(window.pid, window.born):
        return ()
    seen = [one for pid in processes.below(window.pid) if (one := processes.seen(pid)) is not None]
    found = tuple(one for one in python_processes(seen) if not _helps(one))
    titles = names(found)
    # Ranks in their order, then what has none: the program itself before those that help it.
    ordered = sorted(
        found,
        key=lambda one: (one.rank is None, one.rank or 0, "worker" in titles[one.pid]),
    )
    # Ranks share an interpreter, and what is asked of the host takes a second.
    no_way_in = cache(tracing.no_way_in)
    return tuple(_target(one, titles[one.pid], no_way_in) for one in ordered)


def refuse_elsewhere(record: Record) -> None:
    """Raises ``Problem`` when the run's processes are not on this host."""
    if isinstance(named(record.backend), Scheduler):
        raise Problem(
            "The run is a job of a scheduler: its processes are on another host, and the debugger "
            "listens on this host's loopback only.",
            "Take an interactive allocation (`salloc`), open the editor on its node, and launch "
            "there with screen or tmux.",
        )
    if elsewhere(record):
        raise Problem(f"Run {record.run} is on the host {record.host}.", "Do this on that host.")


def names(found: tuple[PythonProcess, ...]) -> dict[int, str]:
    """What each process is called, by its id."""
    by_pid = {one.pid: one for one in found}
    called: dict[int, str] = {}
    helping: dict[int, int] = {}
    for one in found:
        pid, above = one.pid, by_pid.get(one.parent or 0)
        if above is not None and above.rank == one.rank:
            # What a rank starts inherits its environment, and with it its rank.
            number = helping[above.pid] = helping.get(above.pid, 0) + 1
            word = "process" if _is_spawned(one) else "worker"
            prefix = "" if word == "process" and one.rank is None else f"{called[above.pid]}, "
            called[pid] = f"{prefix}{word} {number}"
        elif one.rank is not None:
            called[pid] = f"rank {one.rank}"
        else:
            children = [other for other in found if other.parent == pid]
            starts_ranks = any(other.rank is not None for other in children)
            called[pid] = "launcher" if starts_ranks else program(one.seen)
    return called


def _helps(one: PythonProcess) -> bool:
    return _HELPERS.search(" ".join(one.seen.arguments)) is not None


def _is_spawned(one: PythonProcess) -> bool:
    return any(_SPAWNED.search(word) for word in one.seen.arguments)


def program(seen: Seen) -> str:
    """The file or module that a Python process runs, without its folder."""
    words = seen.arguments[1:]
    if "--wait-for-client" in words:
        words = words[words.index("--wait-for-client") + 1 :]
    elif any(word.endswith("/pydevd.py") for word in words) and "--file" in words:
        # How debugpy starts what a debugged program starts.
        words = words[words.index("--file") + 1 :]
    for index, word in enumerate(words):
        if word in {"-m", "-c"}:
            following = words[index + 1] if index + 1 < len(words) else ""
            return following if word == "-m" else "python -c"
        if not word.startswith("-"):
            return word.rpartition("/")[2]
    return "python"


def _target(
    one: PythonProcess, title: str, no_way_in: Callable[[str | None], Problem | None]
) -> DebugTarget:
    problem = tracing.forbidden(one.pid)
    if problem is None:
        problem = no_way_in(installation(one.seen.program).version)
    return DebugTarget(
        pid=one.pid,
        name=title,
        detail=f"{program(one.seen)} · process {one.pid}"[:_SHOWN],
        rank=one.rank if title == f"rank {one.rank}" else None,
        problem=None if problem is None else str(problem),
    )
