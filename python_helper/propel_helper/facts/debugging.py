"""What a debugger can be attached to, and what a crash becomes under one."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class DebugTarget:
    """A Python process of a run.

    Attributes:
        pid: process id.
        name: what a person calls it: ``rank 3``, ``launcher``, ``rank 3, worker 1``, ``train.py``.
        detail: the program it runs and its process id, on one line.
        rank: its rank, None when it is not the process of a rank.
        problem: why no debugger can be attached to it, with the next step; None when one can.
    """

    pid: int
    name: str
    detail: str
    rank: int | None
    problem: str | None


@dataclass(frozen=True)
class DebugPlan:
    """What "Debug this crash" would start.

    Attributes:
        run: the run's id; it gets a new attempt, the log of the one that crashed stays.
        command: the text, exactly as it would run.
        confirmed: the run's command that it was made from.
        cwd: absolute folder.
        session: full name of the session that it runs in; "" when it gets a new one.
        python: absolute path of the interpreter, None when unknown.
        host, port: where the debugger is to listen, on loopback.
        exception: the crash's exception as the traceback names it, to be stopped at where it
            leaves the person's own code; "" when it ends the process anyway.
        notes: what a person should know before saying yes.
    """

    run: str
    command: str
    confirmed: str
    cwd: str
    session: str
    python: str | None
    host: str
    port: int
    exception: str
    notes: tuple[str, ...] = ()
