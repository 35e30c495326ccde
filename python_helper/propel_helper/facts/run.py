"""Runs: one confirmed command in one session, over all its attempts."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class RunState(str, Enum):
    """What became of a run."""

    RUNNING = "running"
    SUCCEEDED = "succeeded"
    FAILED = "failed"
    KILLED = "killed"
    LOST = "lost"
    """It is over and nothing tells how: the session went away without a word."""


@dataclass(frozen=True)
class FixedFile:
    """A file that a fix edited.

    Attributes:
        file: absolute path.
        before: absolute path of the kept original, byte for byte.
        after: SHA-256 (hex) of the file right after the fix.
    """

    file: str
    before: str
    after: str


@dataclass(frozen=True)
class FixRecord:
    """One fix that a person said yes to.

    Attributes:
        fingerprint: names the error it was for: rule, affected thing and place, without rank,
            time or line number.
        attempt: the attempt that crashed.
        changes: what was changed, as the gate named it.
        at: seconds since the epoch.
        number: counts the fixes of a run, from 1.
        files: the files it edited, with their originals.
        reverted: whether the originals were brought back.
        step: the last training step that the attempt had printed, None when it printed none.
    """

    rule: str
    fix: str
    fingerprint: str
    attempt: int
    changes: tuple[str, ...]
    at: float
    number: int = 0
    files: tuple[FixedFile, ...] = ()
    reverted: bool = False
    step: float | None = None


@dataclass(frozen=True)
class Observed:
    """What really runs in a run's session, as the system showed it.

    Attributes:
        pid: process id of the program that was looked at: the first Python below the session's
            shell, else the first program.
        arguments: the program and its arguments as it was started (the first 64).
        program: absolute path of the executable, links resolved; "" where the system hides it.
        python: absolute path of the interpreter as it was called (a virtual environment's link is
            not resolved), None when it is no Python.
        cwd: absolute folder it runs in, "" where the system hides it.
        environment: folder of the virtual or conda environment that the interpreter belongs to, ""
            when it belongs to none.
        differs: one sentence for each thing that is not as it was confirmed.
    """

    pid: int
    arguments: tuple[str, ...]
    program: str
    python: str | None
    cwd: str
    environment: str
    differs: tuple[str, ...] = ()


@dataclass(frozen=True)
class Run:
    """One confirmed command in one session, as its last attempt stands.

    Attributes:
        run: id, unique on this host.
        command: shell text of the last attempt, exactly as confirmed.
        cwd: absolute folder that it runs in.
        backend: ``screen``, ``tmux`` or ``slurm``.
        session: full name of the session (screen: ``PID.NAME``).
        log: absolute path of the last attempt's log.
        attempt: number of the last attempt, from 1.
        state: what became of the last attempt.
        exit_status: its exit status (128 + N for signal N), None while unknown.
        reason: how the end is known, one sentence; while running what is worth knowing, else "".
        started: seconds since the epoch.
        ended: seconds since the epoch, None while running or unknown.
        attach, detach, list, kill: how a person does it, in the backend's own words.
        fixes: fixes applied so far, oldest first.
        options: what a scheduler was asked for besides (Slurm: options of sbatch), else "".
        observed: what really runs, None until it was seen.
        debugged: the text that was started instead of ``command``, the same under a debugger; ""
            without one.
        silence: that it has printed nothing for much longer than usual, one or two sentences;
            "" when it prints, or when nobody watches.
    """

    run: str
    command: str
    cwd: str
    backend: str
    session: str
    log: str
    attempt: int
    state: RunState
    exit_status: int | None
    reason: str
    started: float
    ended: float | None
    attach: str
    detach: str
    list: str
    kill: str
    fixes: tuple[FixRecord, ...] = ()
    options: str = ""
    observed: Observed | None = None
    debugged: str = ""
    silence: str = ""
