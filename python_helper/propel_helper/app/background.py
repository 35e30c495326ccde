"""What a text has left running in its window when it ended, in words."""

from __future__ import annotations

import time

from propel_helper.sessions import processes
from propel_helper.sessions.port import Held

_GOING_S = 0.3
"""What ends with the text (``> >(tee log)``) may take that long to go."""
_NAMED = 3


def still_running(held: Held) -> str:
    """One sentence that names what still runs of it, "" when nothing does.

    Known is what stayed in the window's POSIX session; what has left that (setsid(2)) is not.
    """
    if not processes.lives(held.pid, held.born):
        return ""
    deadline = time.monotonic() + _GOING_S
    while left := processes.left_behind(held.pid):
        if time.monotonic() >= deadline:
            break
        time.sleep(0.02)
    if not left:
        return ""
    seen = (processes.seen(process.pid) for process in left[:_NAMED])
    names = [f"{_name(one.arguments[0])} (process {one.pid})" for one in seen if one is not None]
    more = f" and {len(left) - _NAMED} more" if len(left) > _NAMED else ""
    return f"What it had put in the background still ran then: {', '.join(names)}{more}."


def _name(program: str) -> str:
    return program.rpartition("/")[2]
