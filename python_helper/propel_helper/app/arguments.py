"""The options of the script that a command starts, read without running anything."""

from __future__ import annotations

import os
import re
from dataclasses import replace
from pathlib import Path

from propel_helper.app.placed import folder_of
from propel_helper.facts.option import Option
from propel_helper.facts.problem import Problem
from propel_helper.project.checkpoints import checkpoints
from propel_helper.project.read import read
from propel_helper.project.walk import Walker
from propel_helper.scan.arguments import Script
from propel_helper.scan.arguments import options as read_options
from propel_helper.scan.configs import configs
from propel_helper.scan.entries import Started, started
from propel_helper.scan.modules import Modules
from propel_helper.scan.tree import Tree

_CONFIG = re.compile(r"conf|cfg|hparam|recipe", re.IGNORECASE)
_CHECKPOINT = re.compile(r"ckpt|checkpoint|resume|weights|pretrained|restore|load", re.IGNORECASE)


class _Workspace:
    """The files of one folder, read when asked for."""

    def __init__(self, folder: str) -> None:
        self._folder = folder
        self.tree = Tree(Walker(folder).walk().folders, str(Path(folder).absolute()))

    def text(self, path: str) -> str | None:
        """Text of a file of the folder, None if it can't be read."""
        found = read(self._folder, path)
        return found.text if found else None


def options(folder: str, command: str, cwd: str = "") -> tuple[Option, ...]:
    """Options of the script that ``command`` starts in ``folder``; empty when it has none to read.

    ``cwd`` is the folder that the command runs in, relative to ``folder``.

    Raises:
        Problem: the folder is missing, or the command starts no file of it.
    """
    if not Path(folder).is_dir():
        raise Problem(f"There is no folder {folder}.", "Give the folder of your training project.")
    files = _Workspace(folder)
    entry = started(files, command, cwd)
    if entry is None:
        raise Problem(
            "That command starts no Python file of this folder.",
            "Give a command such as python train.py, or the folder that it runs in.",
        )
    script = Script(Modules(entry.file, files), entry.arguments, entry.cwd)
    found = read_options(script)
    return tuple(_with_values(option, folder, files, entry) for option in found)


def _with_values(option: Option, folder: str, files: _Workspace, entry: Started) -> Option:
    if not option.takes_path or option.choices:
        return option
    if _CHECKPOINT.search(option.name):
        paths = checkpoints(folder)
    elif _CONFIG.search(option.name):
        paths = configs(files.tree, {}, ())[:200]
    else:
        return option
    place = folder_of(folder, entry.cwd)
    seen = (os.path.relpath(Path(folder).absolute() / path, place) for path in paths)
    return replace(option, values=tuple(seen))
