"""The gym's projects: a folder with a few files, one fault, and what is to come of it."""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

PROJECTS = Path(__file__).resolve().parent / "projects"
SHEET = "gym.json"
PREPARE = "gym_prepare.py"
"""A script of a project that makes what no repository holds (checkpoints); it goes before the run."""
_IGNORED = frozenset({"__pycache__"})

Expected = Literal["repaired", "guided", "logic"]


@dataclass(frozen=True)
class Project:
    """One broken project.

    Attributes:
        name: ``category/folder``.
        command: what is launched.
        expected: ``repaired`` (it trains to the end after its first fix), ``guided`` (a person has
            to act, nothing is applied) or ``logic`` (no fix, the redirect).
        torch: whether it needs PyTorch.
        installs: whether its fix installs a package, so that it needs an environment of its own.
        cwd: folder to launch in, relative to the project.
        environ: variables on top of the gym's own.
        beside: a command that runs meanwhile (something that holds a port).
    """

    name: str
    folder: Path
    command: str
    expected: Expected
    torch: bool = False
    installs: bool = False
    cwd: str = "."
    environ: tuple[tuple[str, str], ...] = ()
    beside: str = ""

    @property
    def category(self) -> str:
        """The category that its crash is to get; ``logic`` for logic bugs."""
        return self.name.partition("/")[0]

    def copy_to(self, folder: Path) -> None:
        """Copy the project's own files, without what tells the gym about it."""
        shutil.copytree(self.folder, folder, ignore=lambda _, names: {SHEET} & set(names))


def projects() -> tuple[Project, ...]:
    """Every project below ``projects``, by name."""
    return tuple(_read(sheet) for sheet in sorted(PROJECTS.glob(f"*/*/{SHEET}")))


def _read(sheet: Path) -> Project:
    said = json.loads(sheet.read_text("utf-8"))
    environ = tuple(sorted(said.pop("environ", {}).items()))
    name = sheet.parent.relative_to(PROJECTS).as_posix()
    said.setdefault("expected", "logic" if name.startswith("logic/") else "repaired")
    return Project(name=name, folder=sheet.parent, environ=environ, **said)


def contents(folder: Path) -> dict[str, bytes]:
    """Bytes of every file below ``folder``, by its path in it."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not _IGNORED & set(path.parts)
    }
