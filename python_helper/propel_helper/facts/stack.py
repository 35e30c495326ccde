"""Where the processes of a run stand: their Python stacks, as they were read from outside."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from propel_helper.facts.crash import Frame


class Pause(str, Enum):
    """What a thread does in the system while its Python line goes on."""

    UNKNOWN = "unknown"
    COMPUTES = "computes"
    FILE = "file"
    """Reads or writes a file, or opens one."""
    TERMINAL = "terminal"
    """Waits for someone to type."""
    NETWORK = "network"
    PIPE = "pipe"
    GPU = "gpu"
    """Talks to the GPU's driver."""
    SLEEP = "sleep"
    CHILD = "child"
    """Waits for another process to end."""
    LOCK = "lock"
    """Waits for a lock of its own program, or of a file."""
    STOPPED = "stopped"
    """Was stopped by a signal (Ctrl+Z, SIGSTOP) or a debugger."""


@dataclass(frozen=True)
class Deed:
    """What a thread does in the system.

    ``call``: ``open``, ``read``, ``write`` or ``lock`` for a file; ``what``: that file, "" when it
    is hidden.
    """

    pause: Pause
    call: str = ""
    what: str = ""


@dataclass(frozen=True)
class ThreadStack:
    """One thread of a process.

    Attributes:
        name: as Python calls it.
        is_main: whether it is the process's first one.
        frames: its stack, outermost first.
        deed: what it does in the system.
    """

    name: str
    is_main: bool
    frames: tuple[Frame, ...]
    deed: Deed = Deed(Pause.UNKNOWN)


@dataclass(frozen=True)
class Standing:
    """One Python process of a run, looked at twice.

    Attributes:
        pid: process id.
        parent: process id of the nearest Python process above it in the run, None without one.
        rank: its rank among those that train together, None without one.
        arguments: as it was started.
        threads: what was read; empty when it could not be.
        moves: whether its main thread was at another place the second time.
        unread: why its stack could not be read, one sentence; "" when it could.
    """

    pid: int
    parent: int | None
    rank: int | None
    arguments: tuple[str, ...]
    threads: tuple[ThreadStack, ...]
    moves: bool = False
    unread: str = ""

    @property
    def main(self) -> ThreadStack | None:
        """The thread that trains."""
        return next((thread for thread in self.threads if thread.is_main), None)
