"""The simple commands of a launch, each with the folder it runs in."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from propel_helper.app.typed_path import typed
from propel_helper.facts.shell import simple_commands
from propel_helper.project.read import read

_MOVES = frozenset({"cd", "pushd"})
_SCRIPTS = (".sh", ".bash", ".slurm", ".sbatch")
_ELSEWHERE = frozenset(
    "docker podman nerdctl singularity apptainer enroot ssh kubectl ray sky modal runai gcloud".split()
)
"""Programs that start another one where this host's files are not, or have other paths."""


@dataclass(frozen=True)
class Placed:
    """Words of a simple command. ``place``: absolute; None when it can't be told, or elsewhere."""

    words: list[str]
    place: Path | None

    def path(self, word: str) -> Path | None:
        """What ``word`` names; None when that can't be told."""
        return None if self.place is None else self.place / typed(word)

    def inside(self, folder: str, word: str) -> str | None:
        """The path that ``word`` names, relative to ``folder``."""
        path = self.path(word)
        return None if path is None else os.path.relpath(path, folder)


def folder_of(folder: str, cwd: str) -> Path:
    """Absolute folder that a command runs in; ``..`` in ``cwd`` goes up by the folder's own name."""
    return Path(os.path.normpath(Path(folder).absolute() / cwd))


def placed_words(folder: str, command: str, cwd: str) -> list[Placed]:
    """The simple commands of ``command``, those of a shell script that it starts among them.

    ``cwd`` is relative to ``folder``. A ``cd`` counts for what stands behind it.
    """
    found = _placed(command, folder_of(folder, cwd))
    for one in list(found):
        for word in one.words[:3]:
            script = one.path(word) if word.endswith(_SCRIPTS) else None
            if script is not None and one.place is not None:
                text = read(str(script.parent), script.name)
                found += _placed(text.text, one.place) if text else []
    return found


def _placed(command: str, place: Path) -> list[Placed]:
    here: Path | None = place
    found = []
    for simple in simple_commands(command):
        words = [word.value for word in simple.words]
        if not words:
            continue
        if words[0] in _MOVES:
            here = _moved(here, words[1:])
        elsewhere = any(word.rpartition("/")[2] in _ELSEWHERE for word in words)
        found.append(Placed(words, None if elsewhere else here))
    return found


def _moved(here: Path | None, words: list[str]) -> Path | None:
    target = next((word for word in words if word != "--"), "")
    if (
        here is None
        or not target
        or target.startswith("-")
        or any(mark in target for mark in "$`*")
    ):
        return None
    return here / typed(target)
