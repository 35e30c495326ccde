"""The one port to whatever holds a run.

A backend starts a *window*: one process (its leader) that runs the confirmed text on a terminal of
its own, prints the mark of the end, and becomes a shell. A session holds one window per attempt.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Protocol

from propel_helper.facts.problem import Problem


class Unavailable(Problem):
    """A backend can't be used here. ``present``: its program is there, something else is wrong."""

    def __init__(self, cause: str, next_step: str, *, present: bool) -> None:
        super().__init__(cause, next_step)
        self.present = present


@dataclass(frozen=True)
class Order:
    """One window to open.

    Attributes:
        session: name of the session, without what the backend adds to it.
        text_file: absolute path of the file that holds the confirmed text, byte for byte; the
            backend may put files of the same stem beside it.
        cwd: absolute folder to run in.
        log: absolute path of the log; the file exists and is empty.
        nonce: stands in the mark of the end; letters and digits.
        environ: the whole environment to run with (a window in a session that lives keeps the
            session's own).
        stays: whether a shell stays in the window after the text has ended.
        options: what a scheduler is asked for besides (Slurm: options of sbatch, as shell words).
    """

    session: str
    text_file: Path
    cwd: str
    log: Path
    nonce: str
    environ: Mapping[str, str]
    stays: bool = True
    options: str = ""


@dataclass(frozen=True)
class Held:
    """A window that was opened, as it is found again from any other process.

    Attributes:
        session: full name of the session (screen: ``PID.NAME``).
        place: where the backend keeps its sessions (screen: ``$SCREENDIR``; tmux: path of the
            socket); "" for its default.
        window: the window within the session, "" where the backend needs none.
        pid: process id of the window's leader.
        born: tells that process from a later one with the same id (``processes.born``).
    """

    session: str
    place: str
    window: str
    pid: int
    born: str


class Phase(str, Enum):
    """How far a window is."""

    RUNNING = "running"
    """The confirmed text has not ended."""
    OVER = "over"
    """The text has ended; the shell stays."""
    ORPHANED = "orphaned"
    """The window is no more; what it ran, or some of it, runs on."""
    GONE = "gone"
    """The window is no more."""


@dataclass(frozen=True)
class Words:
    """What a person types: to attach, to detach, to list the sessions, to end this one."""

    attach: str
    detach: str
    list: str
    kill: str


class Backend(Protocol):
    """What holds runs. Every method but ``launch`` and ``again`` takes milliseconds."""

    name: str
    preference: int
    """Lower is preferred."""
    automatic: bool
    """Whether ``auto`` may pick it."""

    def unavailable(self, environ: Mapping[str, str]) -> Unavailable | None:
        """Why it can't be used here, or None when it can."""

    def taken(self, session: str, environ: Mapping[str, str]) -> bool:
        """Whether a session of exactly this name exists."""

    def launch(self, order: Order) -> Held:
        """A new session with the order's window. Raises ``Problem`` when it did not come up."""

    def again(self, held: Held, order: Order) -> Held:
        """A further window in a session that lives. Raises ``Problem``."""

    def found(self, order: Order) -> Held | None:
        """The window of an order whose ``launch`` was cut off, if it came up."""

    def phase(self, held: Held, nonce: str) -> Phase:
        """How far a window is."""

    def alive(self, held: Held) -> bool:
        """Whether the window's session is there, whatever became of the window."""

    def end(self, held: Held, grace_s: float) -> None:
        """End the window's own processes: SIGTERM, ``grace_s`` seconds, SIGKILL."""

    def quit(self, held: Held) -> None:
        """End the session as a whole, by its exact name. Nothing happens when it is gone."""

    def close(self, held: Held, own: tuple[Held, ...]) -> bool:
        """End the session; but where a person has opened windows in it, only the run's ``own``.

        Returns:
            Whether the session stays, for the person's windows. What opened with the session, by the
            person's settings, goes with it.
        """

    def words(self, held: Held) -> Words:
        """What a person types."""

    def attach_argv(self, held: Held) -> tuple[str, ...]:
        """Program and arguments that attach the terminal they are run on."""
