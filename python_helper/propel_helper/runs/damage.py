"""What is left of a run whose record can't be read: its folder holds its texts and its logs."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from propel_helper.regular import read

_LOG = re.compile(r"attempt-([0-9]{1,6})\.log")
_LONGEST_TEXT = 131_072


@dataclass(frozen=True)
class Damage:
    """A run without a record that can be read.

    ``attempt``: number of the last attempt of which there is a log, else 0; ``log``: that log's
    absolute path, else ""; ``why``: what is wrong with its record; ``command``: what it ran, "" when that can't be read either;
    ``started``: seconds since the epoch, as the files tell.
    """

    run: str
    why: str
    attempt: int
    log: str
    command: str
    started: float

    @classmethod
    def of(cls, folder: Path, record: Path) -> Damage:
        """From what stands in a run's folder; ``record``: the file that holds its events."""
        number = max(
            (int(found[1]) for found in map(_LOG.fullmatch, _names(folder)) if found), default=0
        )
        text_file = folder / f"attempt-{number}.command"
        try:
            command = read(text_file, _LONGEST_TEXT).decode("utf-8", "surrogateescape")
            started = text_file.stat().st_mtime
        except OSError:
            command, started = "", 0.0
        log = str(folder / f"attempt-{number}.log") if number else ""
        return cls(folder.name, _why(record), number, log, command, started or _touched(folder))

    @property
    def told(self) -> str:
        """What is wrong and where to look, in sentences."""
        where = f"Its log is {self.log}." if self.log else "It has no log."
        return (
            f"Its record is damaged ({self.why}), so that nothing tells what became of it. {where}"
        )


def _why(record: Path) -> str:
    try:
        return f"{record}" if read(record, 1) else f"{record} is empty"
    except OSError as error:
        return f"{record}: {error.strerror or error}"


def _names(folder: Path) -> list[str]:
    try:
        return [entry.name for entry in folder.iterdir()]
    except OSError:
        return []


def _touched(folder: Path) -> float:
    try:
        return folder.stat().st_mtime
    except OSError:
        return 0.0
