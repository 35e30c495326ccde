"""Which Python a command would get. Imports little: a scan asks it too."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Mapping
from pathlib import Path

from propel_helper.app.typed_path import typed
from propel_helper.interpreter import python_word, simple_commands

# Entry points that Python's installers write; their first line names the interpreter.
_LAUNCHERS = frozenset({"torchrun", "accelerate", "deepspeed", "lightning", "composer", "fabric"})
_PYTHON = re.compile(rb"^#!\s*(/\S*(?:python|pypy)[0-9.]*)\s*$")


def python_of(command: str, cwd: str, environ: Mapping[str, str]) -> str | None:
    """Absolute path of the Python that ``command`` would get, None when that can't be told.

    Nothing is run: the word is looked up on PATH, an environment's activate script stands for the
    folder it is in, a launcher's first line names its interpreter.
    """
    moved = _moved(command, cwd, environ)
    if moved is None:
        return None
    here, path = moved
    word = python_word(command)
    if word is not None:
        if re.search(r"\b(?:run|sudo)\s", command[: word.start]):
            return None
        return _program(word.value, here, path)
    return _launcher_python(command, here, path)


def program_of(word: str, command: str, cwd: str, environ: Mapping[str, str]) -> str | None:
    """Absolute path of the program that ``word`` of ``command`` names, None when that can't be told.

    Nothing is run, as in ``python_of``.
    """
    moved = _moved(command, cwd, environ)
    return None if moved is None else _program(word, *moved)


def _moved(command: str, cwd: str, environ: Mapping[str, str]) -> tuple[Path, str] | None:
    """Folder and PATH behind the ``cd`` and ``activate`` of a text; None when they can't be told."""
    path = environ.get("PATH", os.defpath)
    here = Path(cwd)
    for found in simple_commands(command):
        values = [word.value for word in found.words]
        if len(values) > 1 and values[0] in {"source", "."} and values[1].endswith("activate"):
            path = f"{here / typed(values[1]).parent}{os.pathsep}{path}"
        elif len(values) > 1 and values[0] == "cd":
            here = here / typed(values[1])
        elif values[:2] in (["conda", "activate"], ["mamba", "activate"]):
            return None
    return here, path


def _launcher_python(command: str, here: Path, path: str) -> str | None:
    for found in simple_commands(command):
        for word in found.words:
            if word.value.rpartition("/")[2] in _LAUNCHERS:
                launcher = _program(word.value, here, path)
                return _shebang(Path(launcher)) if launcher else None
    return None


def _shebang(script: Path) -> str | None:
    try:
        with script.open("rb") as handle:
            match = _PYTHON.match(handle.readline(512))
    except OSError:
        return None
    return os.fsdecode(match[1]) if match else None


def _program(word: str, here: Path, path: str) -> str | None:
    if "/" in word:
        candidate = here / typed(word)
        found = str(candidate) if candidate.is_file() and os.access(candidate, os.X_OK) else None
    else:
        # An entry that is relative or empty counts from the folder that the command runs in.
        folders = (str(here / folder) for folder in path.split(os.pathsep))
        found = shutil.which(word, path=os.pathsep.join(folders))
    # No resolving: what a virtual environment's link is called decides what Python imports.
    return None if found is None else os.path.normpath(found)
