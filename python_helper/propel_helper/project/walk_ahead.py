"""A walk in a process of its own, under way while this one still imports what reads the files."""

from __future__ import annotations

import contextlib
import fcntl
import marshal
import math
import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from propel_helper.project.walk import Walk

_AT_ONCE = 1 << 20
"""Bytes asked of the pipe at a time, and that it may hold: the names of some 80,000 files."""


class WalkAhead:
    """One walk, begun at once; in the way of a ``Walker`` that is asked a single time.

    Half of the time of a scan at the command line is Python importing modules, on one core. Begin
    this before they are imported, and before any thread is (``fork`` copies only its caller).
    """

    def __init__(self, top: str) -> None:
        """Begin. Where no process can be had, the walk is done when it is asked for."""
        self._top = top
        self._child = 0
        self._pipe = -1
        try:
            self._pipe, writing = os.pipe()
            self._child = os.fork()
        except OSError:
            return
        if self._child == 0:
            # Else a reader that ends early would leave it writing for ever.
            os.close(self._pipe)
            _walk_and_leave(top, writing)
        os.close(writing)
        # Else the walk would wait, at every 64 KiB, for who imports meanwhile.
        with contextlib.suppress(OSError, AttributeError):  # only Linux has it
            fcntl.fcntl(self._pipe, fcntl.F_SETPIPE_SZ, _AT_ONCE)

    def walks(self, every: float = math.inf) -> Iterator[Walk]:
        """The walk, finished; ``every`` is a ``Walker``'s and of no use where nobody looks on."""
        from propel_helper.project.walk import Walk, Walker  # noqa: PLC0415

        seen = self._taken()
        if seen is None:
            yield from Walker(self._top).walks(every)
        else:
            yield Walk(*seen)

    def _taken(self) -> tuple[dict[str, tuple[str, ...]], tuple[str, ...]] | None:
        """Folders and skipped ones that the process saw; None when there is none, or it died."""
        if not self._child:
            return None
        parts = []
        while part := os.read(self._pipe, _AT_ONCE):
            parts.append(part)
        os.close(self._pipe)
        _, status = os.waitpid(self._child, 0)
        self._child = 0
        if status != 0:
            return None
        # Written by a copy of this very process.
        folders, skipped = marshal.loads(b"".join(parts))  # noqa: S302
        return folders, skipped


def _walk_and_leave(top: str, writing: int) -> None:
    """The process of its own. Nothing of the one it was copied from may run in it, on any way."""
    status = 1
    try:
        # In both processes, at the same time: the other's own imports need not wait for this one.
        from propel_helper.project.walk import Walker  # noqa: PLC0415

        seen = Walker(top).walk()
        with os.fdopen(writing, "wb") as pipe:
            pipe.write(marshal.dumps((seen.folders, seen.skipped)))
        status = 0
    finally:
        os._exit(status)
