r"""The mark of the end: what Propel prints after a command, with its exit status.

``ESC ]133;D;STATUS;propel=NONCE;time=EPOCH BEL`` is the terminals' own "command finished" with
key=value parameters of ours. What follows it in a log is the shell that stays, never the run.
https://gitlab.freedesktop.org/Per_Bothner/specifications/blob/master/proposals/semantic-prompts.md
"""

from __future__ import annotations

import re
from dataclasses import dataclass

LONGEST = 256
"""No mark is longer than this many bytes."""

_OPENING = b"\x1b]133;D;"
_OURS = b";propel="
# The shell writes the time with the locale's decimal sign (EPOCHREALTIME, bash(1)).
_MARK = re.compile(
    rb"\x1b\]133;D;(?P<status>[0-9]{1,3});propel=(?P<nonce>[^;\x07\x1b]+)"
    rb";time=(?P<time>[0-9]{1,11}(?:[.,][0-9]+)?)\x07"
)


@dataclass(frozen=True)
class EndMark:
    """The end as a log tells it.

    Attributes:
        exit_status: 128 + N for signal N.
        ended: seconds since the epoch.
        offset: of the mark's first byte; what stands before it is what the command printed.
    """

    exit_status: int
    ended: float
    offset: int


def find_mark(data: bytes | bytearray, nonce: str | None, start: int = 0) -> EndMark | None:
    """The first mark from ``start`` on; with ``nonce`` only one that carries it.

    ``offset`` counts from the first byte of ``data``. Searches for our own parameter, which other
    programs' marks lack.
    """
    carried = None if nonce is None else nonce.encode()
    wanted = _OURS + (carried or b"")
    at = data.find(wanted, start)
    while at != -1:
        opening = data.rfind(_OPENING, max(at - LONGEST, 0), at)
        match = _MARK.match(data, opening) if opening != -1 else None
        if match is not None and carried in (None, match["nonce"]):
            ended = float(match["time"].replace(b",", b"."))
            return EndMark(int(match["status"]), ended, opening)
        at = data.find(wanted, at + 1)
    return None
