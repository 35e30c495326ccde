"""What a rule may ask about the project and the run; handed in, never fetched by the rule."""

from __future__ import annotations

from enum import Enum
from typing import Protocol


class PathKind(str, Enum):
    """What stands at a path. ``UNKNOWN``: nobody may look (no root was given)."""

    FILE = "file"
    FOLDER = "folder"
    MISSING = "missing"
    UNKNOWN = "unknown"


class Surroundings(Protocol):
    """The run and the project around a crash. Every answer may be "not known"."""

    @property
    def command(self) -> str | None:
        """The confirmed command text, or None when only a log is at hand."""

    @property
    def python(self) -> str | None:
        """Command prefix that reaches the run's own interpreter, e.g. ``/opt/v/bin/python``.

        Shell text that can stand before `` -m pip``; taken from the confirmed command, never
        from the log.
        """

    def active_has(self, module: str) -> bool | None:
        """Whether the environment whose Python is `python` in the run's session has that top-level module.

        None where no environment is active there, or nobody can tell.
        """

    @property
    def memory(self) -> int | None:
        """Bytes of the machine's own memory, or None when only a log is at hand."""

    def text(self, file: str) -> str | None:
        """Text of a project file (path as printed in the log), or None if it can't be read."""

    def kind(self, path: str) -> PathKind:
        """What stands at ``path``, relative paths taken from the run's folder."""

    def target(self, path: str) -> str:
        """The file that a link at ``path`` leads to in the end; ``path`` itself where it is no link.

        Relative to the run's folder where it lies below that, else absolute.
        """

    def is_own(self, file: str) -> bool:
        """Whether a frame's file is the person's own code."""

    def is_locked(self, path: str) -> bool:
        """Whether ``path`` belongs to this user, whose own right to write to it was taken away."""

    def dangling(self, path: str) -> tuple[str, str] | None:
        """The symbolic link on the way to ``path`` that leads to nothing, and where it leads."""

    def names(self, folder: str) -> tuple[str, ...]:
        """Names in ``folder`` (relative to the run's folder), sorted; empty if unknown."""

    def called(self, name: str) -> tuple[str, ...]:
        """Every file of the project with that name, relative to the run's folder.

        Empty where the project is too large to tell. Hidden folders, environments and caches are
        no part of it.
        """

    def shown(self, file: str) -> str:
        """``file`` relative to the root when one file below it is meant, else as given.

        A path from another folder, or machine, is found by its tail when only one file has it.
        """
