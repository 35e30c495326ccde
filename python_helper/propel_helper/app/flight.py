"""A command that is about to be launched, and what was found about it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from propel_helper.app.placed import Placed, folder_of
from propel_helper.coach.setup import Setup


@dataclass(frozen=True)
class Check:
    """One thing that was looked at.

    Attributes:
        id: ``interpreter``, ``imports``, ``path``, ``output``, ``disk``, ``port``, ``gpu``, ``logout``.
        ok: whether it is as it should be; None when that can't be told.
        text: what was found, one sentence.
        fix: what a person would do about it, "" when there is nothing to do.
        file: the file it is about, relative to the project, None without one.
        line: line in ``file``, from 1.
    """

    id: str
    ok: bool | None
    text: str
    fix: str = ""
    file: str | None = None
    line: int | None = None


@dataclass(frozen=True)
class Flight:
    """A command before its launch.

    ``folder``: the project's, absolute; ``cwd``: where it runs, relative to that; ``placed``: its
    simple commands, those of a shell script that it starts among them.
    """

    folder: str
    command: str
    cwd: str
    environ: Mapping[str, str]
    setup: Setup
    placed: list[Placed]

    @property
    def place(self) -> Path:
        """The folder that the command runs in."""
        return folder_of(self.folder, self.cwd)

    @property
    def lists(self) -> list[list[str]]:
        """The words of its simple commands."""
        return [one.words for one in self.placed]
