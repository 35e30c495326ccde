"""Crashes as they stand in a log."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class CrashKind(str, Enum):
    """How the end of a run shows in its log."""

    EXCEPTION = "exception"
    """A Python traceback or an exception line."""
    USAGE = "usage"
    """A parser's usage error (argparse, click): no traceback, the program's own words."""
    SHELL = "shell"
    """The shell could not start or find something: ``bash: line 1: x: command not found``."""
    EXIT = "exit"
    """Nothing but an exit status or a signal."""


@dataclass(frozen=True)
class Frame:
    """One line of a stack.

    Attributes:
        file: path as printed in the log.
        line: line number as printed, from 1.
        function: function name as printed; ``<module>`` at a file's top level.
        code: the source line that the log shows under it, stripped, or None.
    """

    file: str
    line: int
    function: str
    code: str | None = None


@dataclass(frozen=True)
class Raised:
    """One exception with its stack, outermost frame first.

    ``caused``: the one raised after it was raised ``from`` it.
    """

    exception: str | None
    message: str
    frames: tuple[Frame, ...] = ()
    caused: bool = False


@dataclass(frozen=True)
class Crash:
    """One exception (or kill) that ended a run.

    Attributes:
        kind: how it shows.
        exception: the type as printed (``torch.OutOfMemoryError``), None without one.
        message: the text after the type; may have several lines.
        frames: the stack as printed, outermost first; empty without a traceback.
        chain: exceptions that led to it ("During handling of ..."), first raised first.
        ranks: ranks that printed it, ascending; empty when the log names none.
        exit_status: status of the run, when it is known.
        start: offset in the log (bytes) of the first byte of the crash.
        end: offset (bytes) just past its last byte.
        above: the lines that the log holds right above it, oldest first: warnings and assertions
            often say there what the exception does not.
        below: the lines right below it: what schedulers say of the same end.
    """

    kind: CrashKind
    exception: str | None
    message: str
    frames: tuple[Frame, ...] = ()
    chain: tuple[Raised, ...] = ()
    ranks: tuple[int, ...] = ()
    exit_status: int | None = None
    start: int = 0
    end: int = 0
    above: tuple[str, ...] = ()
    below: tuple[str, ...] = ()
