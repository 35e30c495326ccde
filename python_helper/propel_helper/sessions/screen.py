"""GNU screen: one session per run, one window per attempt, its raw output in a log.

Measured with 4.9.0: ``-dmS`` returns 0 whatever happens; ``-S NAME`` matches by prefix, so a
session is only ever addressed as ``PID.NAME``; arguments of ``-X`` have ``$X``, ``^x`` and
backslashes expanded, and it does nothing, with status 0, when they come to 768 bytes. https://www.gnu.org/software/screen/manual/screen.html
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import signal
import subprocess
import time
from collections.abc import Mapping
from pathlib import Path

from propel_helper.facts.problem import Problem
from propel_helper.regular import read
from propel_helper.sessions import processes, program
from propel_helper.sessions.install import how_to_install
from propel_helper.sessions.port import Held, Order, Phase, Unavailable, Words
from propel_helper.sessions.window import (
    end_members,
    leader_argv,
    leader_file,
    leader_pid,
    opened_later,
    phase_of,
    short_leader_argv,
    wait_for_leader,
)

# "\t10128.propel-train-1\t(11/24/26 10:25:03)\t(Detached)"; a dead one says "(Dead ???)".
_LISTED = re.compile(r"^\t(?P<pid>[0-9]+)\.(?P<name>[^\t\n]+)\t(?P<rest>.*)$", re.MULTILINE)
# In a file that one names with "source", too, they go unseen here.
_SETS = re.compile(r"^[ \t]*(?:un)?setenv[ \t]+(?P<name>[A-Za-z_]\w*)", re.MULTILINE)
_LARGEST = 1 << 20
_ANSWER_S = 10.0
_SOCKET_S = 1.0
"""What screen may take to make its socket anew."""


class Screen:
    """The backend; holds nothing."""

    name = "screen"
    preference = 10
    automatic = True

    def unavailable(self, environ: Mapping[str, str]) -> Unavailable | None:
        """No ``screen`` on PATH, or one that can't keep its sockets."""
        if shutil.which("screen", path=environ.get("PATH")) is None:
            return Unavailable("screen is not installed.", how_to_install("screen"), present=False)
        answer = _screen(environ.get("SCREENDIR", ""), "-ls")
        # "No Sockets found in DIR." (status 1) and a list (0, before 4.2: 1) are both fine.
        if "Socket" in answer.stdout:
            return None
        return Unavailable(
            f"screen is installed but can't keep its sockets: {program.said(answer)}",
            "Set SCREENDIR to a folder of your own with mode 700 and start again, or choose "
            "another backend.",
            present=True,
        )

    def taken(self, session: str, environ: Mapping[str, str]) -> bool:
        """Whether a session of exactly this name exists."""
        return bool(_pids(session, environ.get("SCREENDIR", "")))

    def launch(self, order: Order) -> Held:
        """A new detached session with the order's window."""
        settings = order.text_file.with_suffix(".screenrc")
        settings.write_bytes(os.fsencode(_settings(order)))
        argv = ("screen", "-c", str(settings), "-L", "-dmS", order.session)
        try:
            started = program.run(
                (*argv, *_shell_as_in(order.environ), *leader_argv(order, order.environ)),
                order.environ,
                _ANSWER_S,
                order.cwd,
            )
        except (OSError, subprocess.TimeoutExpired) as error:
            raise Problem(
                f"screen could not be started: {error}.", "Try `screen` by hand."
            ) from error
        try:
            pid = wait_for_leader(order, program.said(started))
            return _held(order, pid, order.environ.get("SCREENDIR", ""), _ANSWER_S)
        except Problem:
            for owner in _pids(order.session, order.environ.get("SCREENDIR", "")):
                _screen(
                    order.environ.get("SCREENDIR", ""),
                    *("-S", f"{owner}.{order.session}", "-X", "quit"),
                )
            raise
        finally:
            settings.unlink(missing_ok=True)

    def again(self, held: Held, order: Order) -> Held:
        """A further window in the session, with a log of its own; those before get no more."""
        # A change of "logfile" moves the log of every window that has one.
        _ask(held, "at", "#", "log", "off")
        _ask(held, "logfile", _pattern(order.log))
        first = processes.environment(int(held.session.partition(".")[0]))
        leader = short_leader_argv(order, first)
        try:
            _ask(held, "screen", "-L", *_shell_as_in(first), *leader)
            pid = wait_for_leader(order, "")
        finally:
            leader_file(order).unlink(missing_ok=True)
        return Held(held.session, held.place, _number(pid), pid, processes.born(pid))

    def found(self, order: Order) -> Held | None:
        """The window of an order whose launch was cut off, if it came up."""
        pid = leader_pid(order)
        if pid is None:
            return None
        try:
            return _held(order, pid, processes.environment(pid).get("SCREENDIR", ""), 0)
        except Problem:
            return None

    def phase(self, held: Held, nonce: str) -> Phase:
        """How far a window is."""
        return phase_of(held, nonce)

    def alive(self, held: Held) -> bool:
        """Whether the session is there."""
        return _now(held) is not None

    def end(self, held: Held, grace_s: float) -> None:
        """End the window's own processes."""
        end_members(held, grace_s)

    def quit(self, held: Held) -> None:
        """End the session and all windows in it."""
        if not self.alive(held):
            return
        _ask(held, "quit")
        deadline = time.monotonic() + _ANSWER_S
        while self.alive(held):
            if time.monotonic() > deadline:
                raise Problem(
                    f"screen did not end the session {held.session}.",
                    f"Try `{self.words(held).kill}` by hand.",
                )
            time.sleep(0.05)

    def close(self, held: Held, own: tuple[Held, ...]) -> bool:
        """End the session, or only the windows of ``own`` where a person has opened others."""
        session = _now(held)
        server = int(session.partition(".")[0]) if session else 0
        if not session or not opened_later(processes.children(server), own):
            self.quit(held)
            return False
        for window in own:
            if window.window and processes.lives(window.pid, window.born):
                _screen(held.place, "-S", session, "-p", window.window, "-X", "kill")
        return True

    def words(self, held: Held) -> Words:
        """What a person types."""
        prefix = f"SCREENDIR={shlex.quote(held.place)} " if held.place else ""
        session = shlex.quote(held.session)
        return Words(
            attach=f"{prefix}screen -r -x {session}",
            detach=f"Ctrl+A, then D (or from another terminal: {prefix}screen -d {session})",
            list=f"{prefix}screen -ls",
            kill=f"{prefix}screen -S {session} -X quit",
        )

    def attach_argv(self, held: Held) -> tuple[str, ...]:
        """Attaches beside whoever is attached already."""
        place = ("env", f"SCREENDIR={held.place}") if held.place else ()
        return (*place, "screen", "-r", "-x", _now(held) or held.session)


def _held(order: Order, pid: int, place: str, seconds: float) -> Held:
    """The order's window by its leader. Raises ``Problem`` when screen does not list its session."""
    owner = processes.parent(pid)
    deadline = time.monotonic() + seconds
    # By its process: a person's screenrc may give it another name (``sessionname``).
    while owner not in (listed := _sessions(place)):
        if time.monotonic() >= deadline:
            names = ", ".join(f"{number}.{name}" for number, name in listed.items())
            raise Problem(
                f"screen started the command but does not list its session {order.session} "
                f"(it lists {names or 'none'}).",
                "Check `screen -ls`, then launch again.",
            )
        time.sleep(0.02)
    return Held(f"{owner}.{listed[owner]}", place, _number(pid), pid, processes.born(pid))


def _number(pid: int) -> str:
    """The number of a window in its session, by which what was started there is known."""
    return processes.environment(pid).get("WINDOW", "")


def _now(held: Held) -> str | None:
    """Full name that the session has now; None when it is gone.

    A person may give it another name. Where a cleaner of old files has taken its socket, screen is
    asked to make it anew (screen(1), "-ls": with SIGCHLD).
    """
    number, _, name = held.session.partition(".")
    if not re.fullmatch(r"[0-9]{1,9}", number):
        return None
    owner = int(number)
    own = processes.lives(held.pid, held.born) and processes.parent(held.pid) == owner
    listed = _sessions(held.place)
    if own and owner not in listed:
        os.kill(owner, signal.SIGCHLD)
        deadline = time.monotonic() + _SOCKET_S
        while owner not in (listed := _sessions(held.place)) and time.monotonic() < deadline:
            time.sleep(0.05)
    called = listed.get(owner)
    return f"{owner}.{called}" if called is not None and (own or called == name) else None


def _shell_as_in(environ: Mapping[str, str]) -> tuple[str, ...]:
    """Keeps an unset SHELL unset: screen gives its windows ``/bin/sh`` in its place."""
    return ("env", "-u", "SHELL") if environ and "SHELL" not in environ else ()


def _settings(order: Order) -> str:
    """A screenrc: the person's own, then what makes the log immediate and this window's alone."""
    own = order.environ.get("SCREENRC") or str(Path(order.environ.get("HOME", "~")) / ".screenrc")
    path = Path(own).expanduser()
    # "-L" is for the first window; those that the person's own file opens would have a log, too.
    lines = ["deflog off"]
    lines += [f"source {_quoted(str(path))}"] if os.access(path, os.R_OK) else []
    lines += _variables_again(path, order.environ)
    # "logfile" moves the log of every window that has one: of those that the person's own opens.
    lines += ["at '#' log off", f"logfile {_quoted(_pattern(order.log))}"]
    # "deflog off": windows that a person opens later would write into the same log.
    lines += ["logfile flush 0", "logtstamp off", "deflog off"]
    return "\n".join(lines) + "\n"


def _variables_again(settings: Path, environ: Mapping[str, str]) -> list[str]:
    """Commands that give variables of the caller which a screenrc changes or takes away their values back.

    What it sets besides is the person's own, and stays.
    """
    try:
        text = read(settings, _LARGEST).decode("utf-8", "surrogateescape")
    except OSError:
        return []
    names = dict.fromkeys(match["name"] for match in _SETS.finditer(text))
    return [
        f"setenv {name} {_quoted(environ[name])}"
        for name in names
        if name in environ and "\n" not in environ[name]
    ]


def _pattern(log: Path) -> str:
    """``log`` for the command ``logfile``, which expands ``%n`` and ``^x``."""
    return re.sub(r"([%^])", r"\1\1", str(log))


def _quoted(text: str) -> str:
    # Between double quotes screen expands $X, ^x and backslashes, between single ones nothing.
    return "'" + text.replace("'", "'\"'\"'") + "'"


def _ask(held: Held, *command: str) -> None:
    escaped = (re.sub(r"([\\$^])", r"\\\1", word) for word in command)
    answer = _screen(held.place, "-S", _now(held) or held.session, "-X", *escaped)
    if answer.returncode != 0:
        raise Problem(
            f"screen did not take `{command[0]}` for the session {held.session}: {program.said(answer)}",
            "Check `screen -ls` whether the session is still there.",
        )


def _pids(session: str, place: str) -> tuple[int, ...]:
    """Process ids of the living sessions of exactly this name."""
    return tuple(pid for pid, name in _sessions(place).items() if name == session)


def _sessions(place: str) -> dict[int, str]:
    """Names of the living sessions by process id."""
    return {
        int(listed["pid"]): listed["name"]
        for listed in _LISTED.finditer(_screen(place, "-ls").stdout)
        if "Dead" not in listed["rest"]
    }


def _screen(place: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    environ = {key: value for key, value in os.environ.items() if key not in {"SCREENDIR", "STY"}}
    if place:
        environ["SCREENDIR"] = place
    try:
        return program.run(("screen", *arguments), environ, _ANSWER_S)
    except OSError as error:
        raise Problem(
            f"screen could not be started: {error}.", "Try `screen -ls` by hand."
        ) from error
    except subprocess.TimeoutExpired:
        raise Problem(
            f"screen has not answered within {_ANSWER_S:.0f} s: one of its sessions hangs or is stopped.",
            "`ps -C screen -o pid,stat,args` shows a stopped one with the state T; `kill -CONT` with "
            "its number lets it go on.",
        ) from None


BACKEND = Screen()
