"""Walking a workspace: every folder once, no link followed, nothing raised for one bad folder."""

from __future__ import annotations

import os
import time
from dataclasses import dataclass

SKIPPED = frozenset(
    "node_modules __pycache__ site-packages venv env wandb mlruns lightning_logs outputs "
    "multirun htmlcov .vscode-test".split()
)
"""Folders that hold no project source; so do all hidden ones but ``.vscode`` at the top."""


@dataclass(frozen=True)
class Walk:
    """What a walk saw.

    Attributes:
        folders: names of the files in each folder (relative path with ``/``; "" is the top), in
            no order.
        skipped: what could not be read or was left out, as ``path: reason``.
        changed: whether anything but file contents differs from the walk before.
    """

    folders: dict[str, tuple[str, ...]]
    skipped: tuple[str, ...]
    changed: bool = True

    def __contains__(self, path: str) -> bool:
        folder, _, name = path.rpartition("/")
        return name in self.folders.get(folder, ())


@dataclass(frozen=True)
class _Folder:
    """One folder as it was read: when it last changed, and what it holds."""

    modified: int
    files: tuple[str, ...]
    inner: tuple[str, ...]
    problem: str = ""


class Walker:
    """Walks one workspace again and again; reads only the folders that changed since.

    A folder's modification time changes with every name added, removed or renamed in it (POSIX
    ``stat``), so an unchanged folder needs no reading.
    """

    def __init__(self, top: str, *, limit: int = 400_000, seconds: float = 20.0) -> None:
        """``limit``: files, and ``seconds``: time, after which the rest is left out and said so."""
        self._top = top
        self._limit = limit
        self._seconds = seconds
        self._known: dict[str, _Folder] = {}
        self._last: Walk | None = None

    def walk(self) -> Walk:
        """The files below the top as they are now. Names that are not UTF-8 are left out."""
        ends = time.monotonic() + self._seconds
        known: dict[str, _Folder] = {}
        skipped: list[str] = []
        pending, count, changed = [""], 0, False
        while pending:
            inside = pending.pop()
            folder, fresh = self._folder(inside)
            changed |= fresh
            known[inside] = folder
            if folder.problem:
                skipped.append(f"{inside or '.'}: {folder.problem}")
            count += len(folder.files)
            if count > self._limit or time.monotonic() > ends:
                cause = f"{self._limit} files" if count > self._limit else f"{self._seconds:g} s"
                skipped.append(f"after {cause} the rest was left out, from {inside or '.'} on")
                break
            prefix = f"{inside}/" if inside else ""
            pending += [prefix + name for name in folder.inner]
        changed |= len(known) != len(self._known)
        self._known = known
        if not changed and self._last is not None:
            return Walk(self._last.folders, tuple(skipped), changed=False)
        folders = {path: folder.files for path, folder in known.items() if folder.files}
        self._last = Walk(folders, tuple(skipped))
        return self._last

    def _folder(self, inside: str) -> tuple[_Folder, bool]:
        whole = f"{self._top}/{inside}" if inside else self._top
        old = self._known.get(inside)
        try:
            modified = os.stat(whole).st_mtime_ns if old else 0  # noqa: PTH116
            if old and old.modified == modified:
                return old, False
            files, inner, modified = _read(whole, top=not inside)
        except OSError as error:
            return _Folder(-1, (), (), error.strerror or str(error)), old is None
        return _Folder(modified, files, inner), True


def _read(whole: str, *, top: bool) -> tuple[tuple[str, ...], tuple[str, ...], int]:
    """Names of files and of folders to go into, and the folder's modification time before."""
    modified = os.stat(whole).st_mtime_ns  # noqa: PTH116
    files: list[str] = []
    inner: list[str] = []
    with os.scandir(whole) as entries:
        for entry in entries:
            name = entry.name
            if not (name.isascii() or _is_sound(name)):
                continue
            if not entry.is_dir(follow_symlinks=False):
                files.append(name)
            elif name not in SKIPPED and (name[0] != "." or (top and name == ".vscode")):
                inner.append(name)
    if "pyvenv.cfg" in files:
        return (), (), modified
    inner.sort(reverse=True)
    return tuple(files), tuple(inner), modified


def _is_sound(name: str) -> bool:
    """Whether a name is UTF-8: ``os`` shows other bytes as lone surrogates (PEP 383)."""
    return not any("\ud800" <= letter <= "\udfff" for letter in name)
