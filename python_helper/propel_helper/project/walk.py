"""Walking a workspace: every folder once, no link followed, nothing raised for one bad folder."""

from __future__ import annotations

import math
import os
import time
from collections import deque
from collections.abc import Iterator
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
        unfinished: whether there are folders that were not reached yet.
    """

    folders: dict[str, tuple[str, ...]]
    skipped: tuple[str, ...]
    changed: bool = True
    unfinished: bool = False

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
        *_, last = self.walks()
        return last

    def walks(self, every: float = math.inf) -> Iterator[Walk]:
        """What is seen after each ``every`` seconds of walking, nearest folders first.

        The last one is finished, or says what was left out.
        """
        known: dict[str, _Folder] = {}
        pending, count, changed, left = deque([""]), 0, False, self._seconds
        while True:
            began = time.monotonic()
            pause = began + min(every, left)
            while pending:
                inside = pending.popleft()
                folder, fresh = self._folder(inside)
                changed |= fresh
                known[inside] = folder
                count += len(folder.files)
                prefix = f"{inside}/" if inside else ""
                pending.extend(prefix + name for name in folder.inner)
                if count > self._limit or time.monotonic() > pause:
                    break
            left -= time.monotonic() - began
            if not pending or count > self._limit or left <= 0:
                break
            yield Walk(_files(known), _problems(known), unfinished=True)
        skipped = _problems(known)
        if pending:
            cause = f"{self._limit} files" if count > self._limit else f"{self._seconds:g} s"
            skipped += (f"after {cause} the rest was left out, from {pending[0]} on",)
        yield self._finished(known, skipped, changed=changed or len(known) != len(self._known))

    def _finished(
        self, known: dict[str, _Folder], skipped: tuple[str, ...], *, changed: bool
    ) -> Walk:
        self._known = known
        if not changed and self._last is not None:
            return Walk(self._last.folders, skipped, changed=False)
        self._last = Walk(_files(known), skipped)
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


def _files(known: dict[str, _Folder]) -> dict[str, tuple[str, ...]]:
    return {path: folder.files for path, folder in known.items() if folder.files}


def _problems(known: dict[str, _Folder]) -> tuple[str, ...]:
    return tuple(f"{path or '.'}: {one.problem}" for path, one in known.items() if one.problem)


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
    inner.sort()
    return tuple(files), tuple(inner), modified


def _is_sound(name: str) -> bool:
    """Whether a name is UTF-8: ``os`` shows other bytes as lone surrogates (PEP 383)."""
    return not any("\ud800" <= letter <= "\udfff" for letter in name)
