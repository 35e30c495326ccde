"""What a window's leader runs: the confirmed text, the mark of its end, the shell that stays.

The text is an argument of a ``bash -c`` of its own, so that nothing in it (``exit``, ``exec``, a
trailing comment or backslash, an open heredoc) can swallow or skip what stands after it. It comes
from a file and not by argv: tmux refuses commands over 16 kB ("command too long") and ``screen -X``
drops one of 768 bytes or more.
"""

from __future__ import annotations

import os
import re
import shlex
import time
from collections.abc import Mapping
from pathlib import Path

from propel_helper.facts.problem import Problem
from propel_helper.regular import read
from propel_helper.sessions import processes
from propel_helper.sessions.port import Held, Order, Phase

# Positional parameters only: a variable of the same name may stand in the caller's environment,
# and assigning to it would change what the text sees. ``builtin`` and ``command``: so may a function.
# The trap keeps a person's Ctrl-C from ending the leader; children get the default handlers back.
# ``--``: a text may begin as an option does. What the leader itself would say of a text that a
# signal ended ("line 5: 4731 Killed ...") is nobody's: its own standard error is set aside meanwhile.
# 24x80 is the size of a terminal that nobody looks at: programs would wrap long lines there.
# The mark is the terminals' own "command finished" (OSC 133;D, with key=value parameters):
# https://gitlab.freedesktop.org/Per_Bothner/specifications/blob/master/proposals/semantic-prompts.md
# "-p": the caller's exported functions are the text's alone; none can stand in for a word of the leader.
_LEADER = """\
builtin trap : INT QUIT
builtin echo $$ >"$1.pid"
[[ "$(command stty size)" = "24 80" ]] && command stty rows 50 cols 250
builtin set -- "$(command cat -- "$1" && builtin echo .)" "$@"
{ [[ . -ef "$3" ]] || builtin cd -- "$3"; } && [[ "$1" ]] && \\
{ "${@:5}" bash -c -- "${1%.}" 2>&9 9>&-; } 9>&2 2>/dev/null
builtin printf '\\033]133;D;%s;propel=%s;time=%s\\007' \
"$?" "$4" "${EPOCHREALTIME:-$(command date +%s)}"
"""
# The system tells a process's start to a hundredth of a second: so long does the shell that stays
# wait that nothing its .bashrc starts is taken for the text's (``processes.left_by``).
_SHELL = 'command sleep 0.03\nbuiltin exec "${@:6}" bash\n'

STARTS_BASH = ("BASH_ENV", "SHELLOPTS", "BASHOPTS")
"""What makes every bash read a file or take options (bash(1)). The text's own bash gets it; a leader
that had it, too, would read the file once more, or end with the text (``errexit``)."""

LONGEST_TEXT = 131_071
"""Bytes that one argument may have on Linux (MAX_ARG_STRLEN, execve(2)), without its NUL."""

_START_S = 15.0
_SHELL_S = 5.0
"""Seconds that a leader may take to become the shell that stays."""
_WITH_IT_S = 5.0
"""Seconds after a run's first window in which a person's settings have opened theirs."""
_LONGEST_PID = 64


def leader_argv(order: Order, environ: Mapping[str, str]) -> tuple[str, ...]:
    """Program and arguments of the window's leader, which is started with ``environ``."""
    script = _LEADER + (_SHELL if order.stays else "")
    return (*_hiding(environ), "bash", "-p", "-c", script, "bash", *_words(order, environ))


def short_leader_argv(order: Order, environ: Mapping[str, str]) -> tuple[str, ...]:
    """The same leader, which reads the most of itself from ``leader_file``."""
    words = " ".join(map(shlex.quote, _words(order, environ)))
    script = f"builtin set -- {words}\n{_LEADER}{_SHELL if order.stays else ''}"
    leader_file(order).write_bytes(os.fsencode(script))
    read = 'builtin eval "$(command cat -- "$1")"'
    return (
        *_hiding(environ),
        "bash",
        "-p",
        "-c",
        read,
        "bash",
        str(leader_file(order)),
        order.nonce,
    )


def leader_file(order: Order) -> Path:
    """Where ``short_leader_argv`` leaves it; of no use once the leader has started."""
    return order.text_file.with_suffix(".leader")


def _hiding(environ: Mapping[str, str]) -> tuple[str, ...]:
    found = [word for name in STARTS_BASH if name in environ for word in ("-u", name)]
    return ("env", *found) if found else ()


def _words(order: Order, environ: Mapping[str, str]) -> tuple[str, ...]:
    found = [f"{name}={environ[name]}" for name in STARTS_BASH if name in environ]
    show = ("env", *found) if found else ()
    return (str(order.text_file), order.cwd, order.nonce, "command", *show)


def wait_for_shell(pid: int) -> None:
    """Return when a leader whose text has ended is the shell that stays, or after ``_SHELL_S``.

    Only that has the whole environment of the text (``STARTS_BASH``).
    """
    deadline = time.monotonic() + _SHELL_S
    while _LEADER in "".join(processes.arguments(pid)) and time.monotonic() < deadline:
        time.sleep(0.005)


def leader_pid(order: Order) -> int | None:
    """Process id that the leader left beside its text, or None before it has started."""
    try:
        text = read(f"{order.text_file}.pid", _LONGEST_PID).decode("ascii")
    except (OSError, UnicodeDecodeError):
        return None
    return int(text) if re.fullmatch(r"[0-9]{1,9}\n", text) else None


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


def opened_later(windows: tuple[int, ...], own: tuple[Held, ...]) -> bool:
    """Whether any of a session's windows (process ids) is none of a run's ``own`` and came after it.

    What comes with the run's first is of the person's settings (``screen -t top``, a hook).
    """
    leaders = [one for one in own if processes.lives(one.pid, one.born)]
    first = min((processes.started(one.pid) or 0.0 for one in leaders), default=0.0)
    theirs = set(windows) - {one.pid for one in own}
    return any((processes.started(pid) or 0.0) > first + _WITH_IT_S for pid in theirs)


def members(held: Held) -> tuple[int, ...]:
    """Process ids of what a window runs, its leader living."""
    found = processes.members(held.pid, lambda environ: _is_marked(environ, held))
    return tuple(one.pid for one in found)


def orphans(held: Held) -> tuple[int, ...]:
    """Process ids of what runs on of a window whose leader is gone."""
    found = processes.orphans(held.pid, held.born, lambda environ: _is_marked(environ, held))
    return tuple(one.pid for one in found)


def left_running(held: Held, ended: float) -> tuple[int, ...]:
    """Process ids of what a text that ended at ``ended`` (Unix seconds) has left, the oldest first.

    Known is what stayed in the window's POSIX session, and what left that (setsid(2), as the workers of
    torchrun do) with the environment that the window gave it.
    """
    if not processes.lives(held.pid, held.born):
        return orphans(held)
    found = processes.left_by(held.pid, ended, lambda environ: _is_marked(environ, held))
    return tuple(one.pid for one in found)


def end_left(held: Held, ended: float, grace_s: float) -> None:
    """End what a text that ended at ``ended`` has left: SIGTERM, ``grace_s`` seconds, SIGKILL.

    What a person has started since, in the shell that stays, is none of it.
    """

    def marked(environ: Mapping[str, str]) -> bool:
        return _is_marked(environ, held)

    if processes.lives(held.pid, held.born):
        processes.end(lambda: processes.left_by(held.pid, ended, marked), grace_s)
    else:
        processes.end(lambda: processes.orphans(held.pid, held.born, marked), grace_s)


def end_members(held: Held, grace_s: float) -> None:
    """End what a window runs, or what runs on of it: SIGTERM, ``grace_s`` seconds, SIGKILL."""
    processes.end_members(held.pid, held.born, grace_s, lambda environ: _is_marked(environ, held))


def _is_marked(environ: Mapping[str, str], held: Held) -> bool:
    """Whether screen (``STY``, ``WINDOW``) or tmux (``TMUX``, ``TMUX_PANE``) has started it in that window.

    https://www.gnu.org/software/screen/manual/screen.html and tmux(1), ENVIRONMENT.
    """
    if not held.window.startswith("%"):
        # Records of earlier versions have no number.
        return environ.get("STY") == held.session and held.window in ("", environ.get("WINDOW"))
    place = environ.get("TMUX", "").partition(",")[0]
    return (place, environ.get("TMUX_PANE")) == (held.place, held.window)


def phase_of(held: Held, nonce: str) -> Phase:
    """How far the window is, told by its leader process alone."""
    if not processes.lives(held.pid, held.born):
        return Phase.ORPHANED if orphans(held) else Phase.GONE
    # The leader's arguments hold the nonce until it becomes the shell that stays.
    return Phase.RUNNING if nonce in processes.arguments(held.pid) else Phase.OVER
