"""The ledger on disk: one folder per run below the state folder, read by every editor and terminal.

``RUNS/ID/events.jsonl`` is only ever appended to, one whole line per write, each on the disk before
the writer goes on: a power cut loses at most the last line. Readers pass over what they can't read.
"""

from __future__ import annotations

import fcntl
import json
import math
import os
import shutil
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from propel_helper.facts.problem import Problem
from propel_helper.regular import open_regular, read
from propel_helper.runs.damage import Damage
from propel_helper.runs.moved import found_again
from propel_helper.runs.record import Event, Record, fold

EVENTS = "events.jsonl"
_GRAVE = "removed-"
_LARGEST = 64 * 1024 * 1024
"""Bytes of a record that are read; a run that was restarted every hour for a year has less."""


def state_folder(environ: Mapping[str, str]) -> Path:
    """Folder of everything that Propel keeps on this host.

    ``$XDG_STATE_HOME/propel``; a relative value counts as unset, as the specification says:
    https://specifications.freedesktop.org/basedir-spec/latest/
    """
    chosen = environ.get("XDG_STATE_HOME", "")
    if chosen.startswith("/"):
        return Path(chosen) / "propel"
    home = environ.get("HOME", "")
    return (Path(home) if home.startswith("/") else Path.home()) / ".local" / "state" / "propel"


class Ledger:
    """All runs below one state folder. Raises ``Problem`` when the disk does not take an event."""

    def __init__(self, state: Path) -> None:
        self.folder = state / "runs"

    @classmethod
    def of(cls, environ: Mapping[str, str]) -> Ledger:
        """The ledger that ``environ`` names."""
        return cls(state_folder(environ))

    def create(self, run: str) -> bool:
        """Claim an id by making its folder; False when it is taken."""
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            raise _unwritable(self.folder, error) from error
        try:
            (self.folder / run).mkdir(mode=0o700)
        except FileExistsError:
            return False
        except OSError as error:
            raise _unwritable(self.folder, error) from error
        return True

    def folder_of(self, run: str) -> Path:
        """Folder that holds a run's record and logs."""
        return self.folder / run

    def append(self, run: str, event: str, /, **values: Any) -> None:  # noqa: ANN401 - JSON values
        """Add one event; it is on the disk when this returns."""
        line = json.dumps({"event": event, "time": time.time(), **values}) + "\n"
        path = self.folder / run / EVENTS
        try:
            handle = open_regular(path, os.O_RDWR | os.O_APPEND | os.O_CREAT)
            try:
                data = line.encode("ascii")
                if not _ends_a_line(handle):
                    data = b"\n" + data
                while data:
                    data = data[os.write(handle, data) :]
                os.fsync(handle)
            finally:
                os.close(handle)
            # Who follows the ledger watches its folder alone and sees this run's folder touched.
            os.utime(path.parent)
        except OSError as error:
            raise _unwritable(path, error) from error

    def write(self, run: str, name: str, data: bytes) -> Path:
        """A new file of a run, on the disk when this returns. Its absolute path.

        One of that name is what a helper left that was ended before it had recorded it.
        """
        path = self.folder / run / name
        try:
            path.unlink(missing_ok=True)
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
            try:
                while data:
                    data = data[os.write(handle, data) :]
                os.fsync(handle)
            finally:
                os.close(handle)
        except OSError as error:
            raise _unwritable(path, error) from error
        return path

    def claim(self, run: str, name: str) -> bool:
        """Whether this caller is the first on this host to claim ``name`` for the run."""
        try:
            handle = os.open(
                self.folder / run / name, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600
            )
        except FileExistsError:
            return False
        except OSError as error:
            raise _unwritable(self.folder / run / name, error) from error
        os.close(handle)
        return True

    def is_claimed(self, run: str, name: str) -> bool:
        """Whether anybody on this host has claimed ``name`` for the run."""
        return (self.folder / run / name).exists()

    def events(self, run: str) -> tuple[Event, ...]:
        """Every event of a run that can be read, oldest first; none when there is no such run."""
        try:
            return tuple(_events(_data(self.folder / run)))
        except OSError:
            return ()

    def record(self, run: str) -> Record | None:
        """The run's record, or None when there is no such run or its record is damaged."""
        if not _can_be_an_id(run):
            return None
        try:
            record = fold(_events(_data(self.folder / run)))
        except OSError:
            return None
        return found_again(record) if record else None

    def records(self) -> Iterator[Record]:
        """Every run whose record can be read, the newest first."""
        for name in self._names():
            record = self.record(name)
            if record is not None:
                yield record

    def all(self) -> Iterator[Record | Damage]:
        """Every run, the newest first."""
        for name in self._names():
            found = self.record(name) or self.damage(name)
            if found is not None:
                yield found

    def damage(self, run: str) -> Damage | None:
        """What is left of a run whose record can't be read; None for any other name."""
        folder = self.folder / run
        # A launch that is just under way has no attempt yet: its folder is a mere claim.
        if not _can_be_an_id(run) or not folder.is_dir() or self._is_claim(str(folder), math.inf):
            return None
        # It may have come to its first attempt meanwhile, or be removed.
        return (
            Damage.of(folder, folder / EVENTS)
            if self.record(run) is None and folder.is_dir()
            else None
        )

    def _names(self) -> list[str]:
        try:
            return sorted(
                (entry.name for entry in os.scandir(self.folder)), key=_order, reverse=True
            )
        except OSError:
            return []

    def never_started(self, older_than_s: float) -> tuple[str, ...]:
        """Ids that were claimed and never came to an attempt: their launcher was ended before.

        Nobody sees them, nothing of them ran. Left out are those touched less than
        ``older_than_s`` seconds ago and those with a line that can't be read.
        """
        try:
            entries = [entry for entry in os.scandir(self.folder) if entry.is_dir()]
        except OSError:
            return ()
        latest = time.time() - older_than_s
        return tuple(entry.name for entry in entries if self._is_claim(entry.path, latest))

    def _is_claim(self, folder: str, latest: float) -> bool:
        try:
            if os.stat(folder).st_mtime > latest:  # noqa: PTH116
                return False
            names = set(os.listdir(folder))  # noqa: PTH208
            data = _data(Path(folder)) if EVENTS in names else b""
            log = Path(folder) / "attempt-1.log"
            if log.name in names and log.stat().st_size:
                return False
        except OSError:
            return False
        known = {"attempt-1.command", "attempt-1.log", "lock", EVENTS}
        events = list(_events(data))
        whole = len(events) == len(data.splitlines())
        return names <= known and whole and all(one.get("event") == "launched" for one in events)

    def size(self, run: str) -> int:
        """Bytes of a run's record, logs and kept originals."""
        total = 0
        for folder, _, names in os.walk(self.folder / run):
            for name in names:
                try:
                    total += (Path(folder) / name).lstat().st_size
                except OSError:
                    continue
        return total

    def remove(self, run: str) -> None:
        """Remove a run's record, logs and originals; readers see all of them or nothing.

        Raises:
            Problem: the disk does not let them go.
        """
        state = self.folder.parent
        grave = state / f"{_GRAVE}{run}"
        try:
            # One step takes the run away; what a power cut leaves of it goes with the next removal.
            (self.folder / run).rename(grave)
            with suppress(FileNotFoundError):
                shutil.rmtree(grave)
        except OSError as error:
            raise Problem(
                f"Run {run} can't be removed: {error.strerror}.",
                f"Check the permissions of {self.folder}.",
            ) from error
        for left in state.glob(f"{_GRAVE}*"):
            shutil.rmtree(left, ignore_errors=True)

    @contextmanager
    def alone(self, run: str) -> Iterator[None]:
        """Nobody else starts or ends this run meanwhile; waits for whoever does.

        The lock goes with the process that holds it, however that ends (flock(2)).
        """
        handle = self._lock(run)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX)
            yield
        finally:
            os.close(handle)

    def busy(self, run: str) -> bool:
        """Whether some process is just starting or ending this run."""
        handle = self._lock(run)
        try:
            fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
        finally:
            os.close(handle)
        return False

    def _lock(self, run: str) -> int:
        path = self.folder / run / "lock"
        try:
            return os.open(path, os.O_RDWR | os.O_CREAT | os.O_NONBLOCK | os.O_CLOEXEC, 0o600)
        except OSError as error:
            # What can only be read can be locked as well.
            with suppress(OSError):
                return os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
            raise _unwritable(path, error) from error


def _can_be_an_id(run: str) -> bool:
    return bool(run) and "/" not in run and "\0" not in run and run not in {".", ".."}


def _data(folder: Path) -> bytes:
    return read(folder / EVENTS, _LARGEST)


def _order(name: str) -> tuple[str, int]:
    """Sorts ``20260102-030405`` before its ``-2`` and that before its ``-10``."""
    stamp, number = name[:15], name[16:]
    return stamp, int(number) if number.isdecimal() else 1


def _ends_a_line(handle: int) -> bool:
    size = os.fstat(handle).st_size
    return size == 0 or os.pread(handle, 1, size - 1) == b"\n"


def _events(data: bytes) -> Iterator[Event]:
    for line in data.splitlines():
        try:
            event = json.loads(line)
        except (ValueError, RecursionError):
            continue
        if isinstance(event, dict):
            yield event


def _unwritable(path: Path, error: OSError) -> Problem:
    return Problem(
        f"The run's record can't be written: {path}: {error.strerror}.",
        "Free some space there or mend its permissions, or set XDG_STATE_HOME to another folder.",
    )
