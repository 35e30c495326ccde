"""Paths as a person types them: in a command, an option, an answer."""

from __future__ import annotations

from pathlib import Path


def typed(text: str) -> Path:
    """The path with its ``~`` filled in; as it stands when nobody is called so, as in a shell."""
    try:
        return Path(text).expanduser()
    except RuntimeError:
        return Path(text)


def is_file(path: Path) -> bool:
    """Whether there is such a file; a name that no file can have is none."""
    try:
        return path.is_file()
    except OSError:
        return False


def is_there(path: Path) -> bool:
    """Whether there is anything of this name, a pipe or a device too."""
    try:
        return path.exists()
    except OSError:
        return False
