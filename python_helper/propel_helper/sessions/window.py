"""What a window's leader runs: the confirmed text, the mark of its end, the shell that stays.

The text is an argument of a ``bash -c`` of its own, so that nothing in it (``exit``, ``exec``, a
trailing comment or backslash, an open heredoc) can swallow or skip what stands after it. It comes
from a file and not by argv: tmux refuses commands over 16 kB ("command too long") and ``screen -X``
cuts off at 4 kB.
"""

from __future__ import annotations

import re
import time
from pathlib import Path

from propel_helper.facts.problem import Problem
from propel_helper.sessions import processes
from propel_helper.sessions.port import Held, Order, Phase

# Positional parameters only: a variable of the same name may stand in the caller's environment,
# and assigning to it would change what the text sees.
# The trap keeps a person's Ctrl-C from ending the leader; children get the default handlers back.
# 24x80 is the size of a terminal that nobody looks at: programs would wrap long lines there.
# The mark is the terminals' own "command finished" (OSC 133;D, with key=value parameters):
# https://gitlab.freedesktop.org/Per_Bothner/specifications/blob/master/proposals/semantic-prompts.md
_LEADER = """\
trap : INT QUIT
echo $$ >"$1.pid"
[ "$(stty size)" = "24 80" ] && stty rows 50 cols 250
set -- "$1" "$2" "$3" "$(cat -- "$1" && echo .)"
{ [ . -ef "$2" ] || cd -- "$2"; } && [ "$4" ] && bash -c "${4%.}"
printf '\\033]133;D;%s;propel=%s;time=%s\\007' $? "$3" "${EPOCHREALTIME:-$(date +%s)}"
"""
_SHELL = "exec bash\n"

LONGEST_TEXT = 131_071
"""Bytes that one argument may have on Linux (MAX_ARG_STRLEN, execve(2)), without its NUL."""

_START_S = 15.0


def leader_argv(order: Order) -> tuple[str, ...]:
    """Program and arguments of the window's leader."""
    script = _LEADER + (_SHELL if order.stays else "")
    return ("bash", "-c", script, "bash", str(order.text_file), order.cwd, order.nonce)


def leader_pid(order: Order) -> int | None:
    """Process id that the leader left beside its text, or None before it has started."""
    try:
        text = Path(f"{order.text_file}.pid").read_text(encoding="ascii")
    except (OSError, UnicodeDecodeError):
        return None
    return int(text) if re.fullmatch(r"[0-9]+\n", text) else None


def wait_for_leader(order: Order, said: str, seconds: float | None = None) -> int:
    """Process id of the leader once it has started.

    Raises:
        Problem: it did not within ``seconds`` (15); ``said`` is what the backend said meanwhile.
    """
    seconds = _START_S if seconds is None else seconds
    deadline = time.monotonic() + seconds
    pause = 0.002
    while time.monotonic() < deadline:
        pid = leader_pid(order)
        if pid is not None:
            return pid
        time.sleep(pause)
        pause = min(pause * 1.5, 0.1)
    told = f" It said: {said.strip()}" if said.strip() else ""
    raise Problem(
        f"The session {order.session} did not start the command within {seconds:.0f} s.{told}",
        "Check that bash is on PATH, that the state folder can be written and the disk is not "
        "full, then launch again.",
    )


def phase_of(held: Held, nonce: str) -> Phase:
    """How far the window is, told by its leader process alone."""
    if not processes.lives(held.pid, held.born):
        return Phase.GONE
    # The leader's arguments hold the nonce until it becomes the shell that stays.
    if nonce in processes.arguments(held.pid):
        return Phase.RUNNING
    return Phase.BACKGROUND if processes.left_behind(held.pid) else Phase.OVER
