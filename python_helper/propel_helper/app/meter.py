"""How far one attempt of a run is, by what its log has said so far."""

from __future__ import annotations

import os
import time

from propel_helper.app.metrics import TAIL, behind_a_break
from propel_helper.facts.progress import Progress
from propel_helper.facts.run import Run, RunState
from propel_helper.metrics.reader import MetricsReader
from propel_helper.regular import stream

CHUNK = 256 * 1024
MOST_BEHIND = 8 * 1024 * 1024
"""Bytes that are caught up with. Of a run that had ended before, only the tail is read."""


class Meter:
    """Reads a log as it grows, a bounded time at once. Of a long one only the end is read."""

    def __init__(self, run: Run) -> None:
        self.run = run
        self.live = run.state is RunState.RUNNING
        """Whether it was seen running."""
        self.reader = MetricsReader()
        self.done = False
        """Whether the attempt is over and read to its end."""
        self.told = Progress()
        """The progress that was told last."""
        self._offset = 0
        self._file: tuple[int, int] | None = None
        self._cut = False

    def advance(self, seconds: float) -> bool:
        """Read on for about ``seconds``; whether there was something new.

        Raises:
            OSError: the log is not there (yet), or can't be read.
        """
        with stream(self.run.log) as file:
            stat = os.fstat(file.fileno())
            same = self._file in (None, (stat.st_dev, stat.st_ino)) and stat.st_size >= self._offset
            if not same or stat.st_size - self._offset > (MOST_BEHIND if self.live else TAIL):
                self._begin(max(0, stat.st_size - TAIL))
            self._file = (stat.st_dev, stat.st_ino)
            if stat.st_size == self._offset:
                return False
            file.seek(self._offset)
            ends = time.monotonic() + seconds
            while data := file.read(CHUNK):
                self._offset += len(data)
                self.reader.feed(self._whole_lines(data))
                if time.monotonic() >= ends:
                    break
        return True

    def finish(self) -> None:
        """The attempt is over and its log was read: nothing more comes."""
        self.reader.end()
        self.done = True

    def release(self) -> None:
        """Keep what was told and nothing else."""
        self.reader = MetricsReader()

    def _begin(self, offset: int) -> None:
        self.reader = MetricsReader()
        self._offset = offset
        self._cut = offset > 0

    def _whole_lines(self, data: bytes) -> bytes:
        """``data`` without the rest of a line whose beginning was passed over."""
        if not self._cut:
            return data
        whole = behind_a_break(data)
        self._cut = whole is None
        return whole or b""
