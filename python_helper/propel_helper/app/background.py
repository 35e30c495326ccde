"""What a text has left running in its window when it ended, in words."""

from __future__ import annotations

import time

from propel_helper.sessions import processes
from propel_helper.sessions.port import Held
from propel_helper.sessions.window import left_running

_GOING_S = 0.3
"""What ends with the text (``> >(tee log)``) may take that long to go."""
_NAMED = 3


def runs_on(held: Held, ended: float) -> bool:
    """Whether anything still runs of a text that ended at ``ended`` (Unix seconds)."""
    lives = processes.lives(held.pid, held.born)
    return lives and bool(left_running(held, end_of(ended)))


def still_running(held: Held, ended: float) -> str:
    """One sentence that names what still runs of it (``runs_on``), "" when nothing does."""
    if not processes.lives(held.pid, held.born):
        return ""
    deadline = time.monotonic() + _GOING_S
    while left := left_running(held, end_of(ended)):
        if time.monotonic() >= deadline:
            break
        time.sleep(0.02)
    if not left:
        return ""
    seen = (processes.seen(pid) for pid in left[:_NAMED])
    names = [f"{_name(one.arguments[0])} (process {one.pid})" for one in seen if one is not None]
    more = f" and {len(left) - _NAMED} more" if len(left) > _NAMED else ""
    return f"What it had put in the background still ran then: {', '.join(names)}{more}."


def end_of(ended: float) -> float:
    """The end that a mark tells, in Unix seconds.

    Bash before 5.0 tells whole seconds: what was started in that one may be the text's.
    """
    return ended if ended % 1 else ended + 1


def _name(program: str) -> str:
    return program.rpartition("/")[2]
