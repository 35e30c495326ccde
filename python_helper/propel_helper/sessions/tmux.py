"""tmux: one session per run, one window per attempt, its raw output piped into a log.

Measured with 3.3a: a new session takes the server's environment and not the caller's; a command
over 16 kB is refused; a pipe that is opened after a command has started misses its first bytes; an
argument that ends in ``;`` ends the command. tmux(1): https://man.openbsd.org/tmux.1

The one importer of libtmux.
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
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from propel_helper.facts.problem import Problem
from propel_helper.sessions import limits, processes, program
from propel_helper.sessions.install import how_to_install
from propel_helper.sessions.port import Held, Order, Phase, Unavailable, Words
from propel_helper.sessions.window import (
    STARTS_BASH,
    end_members,
    leader_argv,
    leader_pid,
    opened_later,
    phase_of,
    wait_for_leader,
    wait_for_shell,
)

if TYPE_CHECKING:
    from libtmux import Server

_OLDEST = (3, 2)
"""What libtmux supports: https://libtmux.git-pull.com/quickstart.html"""

# The environment comes through a file that only its owner can read and that is gone before the
# confirmed text runs: as arguments it could pass the 16 kB, and everybody could list it.
# What tmux itself sets in a pane is kept.
# In the C locale: else a value that ends within a character would take the NUL and what follows it.
_ENTER = (
    """\
e=()
while IFS= LC_ALL=C builtin read -r -d "" v; do e+=("$v"); done <"$1.environ"
command rm -f -- "$1.environ"
for v in TERM TERM_PROGRAM TERM_PROGRAM_VERSION TMUX TMUX_PANE; do
[[ -n "${!v}" ]] && e+=("$v=${!v}")
done
builtin shift
"""
    + limits.APPLY
    + """\
builtin shift 2
builtin exec env -i "${e[@]}" "$@"
"""
)

_PLACEHOLDER = ("sleep", "60")
"""Holds the window until the pipe is open; ends by itself when the launch is cut off."""
_MARK = "@propel-run"
"""A user option (tmux(1), OPTIONS) by which a session is known again: a name can be given away."""
_WIDE = 320
"""Columns of a session that nobody looks at. tmux gives a line cells by quarters of the width (``sx / 4`` in
grid_expand_line, grid.c of 3.3a): with 250, lines of 80 take half of them, with 320 a quarter, which
spares a run that prints without end more than half of what its session costs it."""
_ANSWER_S = 10.0
_SOCKET_S = 1.0
"""What tmux may take to make its socket anew."""


class Tmux:
    """The backend; holds nothing."""

    name = "tmux"
    preference = 20
    automatic = True

    def unavailable(self, environ: Mapping[str, str]) -> Unavailable | None:
        """No ``tmux`` on PATH, or one that is too old."""
        found = shutil.which("tmux", path=environ.get("PATH"))
        if found is None:
            return Unavailable("tmux is not installed.", how_to_install("tmux"), present=False)
        said = _run((found, "-V"), environ).stdout.strip()
        version = re.search(r"([0-9]+)\.([0-9]+)", said)
        if version is None or (int(version[1]), int(version[2])) >= _OLDEST:
            return None
        return Unavailable(
            f"{said} is too old: Propel needs 3.2 or later.",
            f"Update it, or use screen. {how_to_install('screen')}",
            present=True,
        )

    def taken(self, session: str, environ: Mapping[str, str]) -> bool:
        """Whether a session of exactly this name exists."""
        return _server(_socket(environ)).has_session(session)

    def launch(self, order: Order) -> Held:
        """A new detached session, ``_WIDE`` columns wide, with the order's window."""
        # Not through libtmux: if no server runs yet, this one gets the caller's environment.
        name = self._free_name(order)
        started = _run(
            (
                *("tmux", "new-session", "-d", "-P", "-F", "#{pane_id} #{socket_path}"),
                *("-x", str(_WIDE), "-y", "50", "-s", name, "-n", order.log.stem),
                *("-c", _word(_literal(order.cwd)), *_PLACEHOLDER),
                *(";", "set-option", "-t", f"={name}:", "destroy-unattached", "off"),
                *(";", "set-option", "-t", f"={name}:", _MARK, name),
            ),
            order.environ,
        )
        pane, _, socket = started.stdout.strip().partition(" ")
        if not socket:
            raise Problem(
                f"tmux started no session: {program.said(started)}",
                "Try `tmux new-session` by hand, or choose another backend.",
            )
        given = _Given(order.environ, *limits.of(os.getpid()))
        return self._fill(socket, pane, order, given, name)

    def _free_name(self, order: Order) -> str:
        """The order's name for the session; with a number where somebody has taken it meanwhile."""
        name, number = order.session, 1
        while self.taken(name, order.environ):
            number += 1
            name = f"{order.session}-{number}"
        return name

    def again(self, held: Held, order: Order) -> Held:
        """A further window in the session, with a log and the environment of the first."""
        opened = _server(held.place).cmd(
            "new-window", "-P", "-F", "#{pane_id}", "-n", order.log.stem,
            "-c", _word(_literal(order.cwd)), *_PLACEHOLDER, target=f"{_now(held)}:",
        )  # fmt: skip
        if opened.returncode != 0 or not opened.stdout:
            raise Problem(
                f"tmux opened no window in the session {held.session}: "
                f"{' '.join(opened.stderr) or 'it did not say why'}",
                "Check `tmux ls` whether the session is still there.",
            )
        given = _given(held) or _Given(order.environ, *limits.of(os.getpid()))
        return self._fill(held.place, opened.stdout[0], order, given, held.session)

    def found(self, order: Order) -> Held | None:
        """The window of an order whose launch was cut off, if it came up."""
        pid = leader_pid(order)
        if pid is None:
            return None
        socket = processes.environment(pid).get("TMUX", "").partition(",")[0]
        if not socket:
            return None
        form = "#{pane_id} #{pane_pid} #{session_name}"
        for line in _server(socket).cmd("list-panes", "-a", "-F", form).stdout:
            pane, of_pane, session = line.split(" ", 2)
            if int(of_pane) == pid and session.startswith(order.session):
                return Held(session, socket, pane, pid, processes.born(pid))
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
        panes = _panes(held)
        session = _own(panes, held)
        for pane in panes:
            # One that a person has moved into a session of their own goes alone.
            if pane.is_of(held) and pane.session != session:
                _server(held.place).cmd("kill-pane", target=pane.pane)
        if session is None:
            return
        _server(held.place).cmd("kill-session", target=session)
        deadline = time.monotonic() + _ANSWER_S
        while self.alive(held):
            if time.monotonic() > deadline:
                raise Problem(
                    f"tmux did not end the session {held.session}.",
                    f"Try `{self.words(held).kill}` by hand.",
                )
            time.sleep(0.05)

    def close(self, held: Held, own: tuple[Held, ...]) -> bool:
        """End the session, or only the panes of ``own`` where a person has opened others."""
        panes = _panes(held)
        session = _own(panes, held)
        inside = tuple(pane.pid for pane in panes if pane.session == session)
        if session is None or not opened_later(inside, own):
            self.quit(held)
            return False
        for pane in panes:
            if any(pane.is_of(window) for window in own):
                _server(held.place).cmd("kill-pane", target=pane.pane)
        return True

    def words(self, held: Held) -> Words:
        """What a person types. The quoted ``=`` asks for exactly this name."""
        tmux = "tmux" if held.place == _socket({}) else f"tmux -S {shlex.quote(held.place)}"
        session = f"'={held.session}'"
        return Words(
            attach=f"{tmux} attach -t {session}",
            detach=f"Ctrl+B, then D (or from another terminal: {tmux} detach-client -s {session})",
            list=f"{tmux} ls",
            kill=f"{tmux} kill-session -t {session}",
        )

    def attach_argv(self, held: Held) -> tuple[str, ...]:
        """Attaches beside whoever is attached already, also from inside a tmux."""
        tmux = ("env", "-u", "TMUX", "tmux", "-S", held.place)
        panes = _panes(held)
        session = _own(panes, held)
        names = [pane.name for pane in panes if pane.session == session]
        return (*tmux, "attach-session", "-t", f"={names[0] if names else held.session}")

    def _fill(self, socket: str, pane: str, order: Order, given: _Given, session: str) -> Held:
        """Put the order in the place of the placeholder, the pipe to its log first."""
        server = _server(socket)
        log = shlex.quote(str(order.log)).replace("#", "##").replace("%", "%%")
        _leave_environment(order, given.environ)
        # The server's own environment is none of the run's.
        hide = (word for name in STARTS_BASH for word in ("-u", name))
        words = (str(order.text_file), given.mask, given.soft, *leader_argv(order, given.environ))
        enter = ("env", *hide, "bash", "-p", "-c", _ENTER, "bash", *words)
        said: list[str] = []
        for answer in (
            server.cmd("pipe-pane", f"exec cat >>{log}", target=pane),
            server.cmd("respawn-pane", "-k", *map(_word, enter), target=pane),
        ):
            # A loader's warning (LD_PRELOAD) is none of tmux's.
            said += answer.stderr if answer.returncode != 0 else []
        try:
            _refuse_ended(order, said)
            pid = wait_for_leader(order, " ".join(said), 0.0 if said else None)
        except Problem:
            server.cmd("kill-pane", target=pane)
            raise
        finally:
            Path(f"{order.text_file}.environ").unlink(missing_ok=True)
        return Held(session, socket, pane, pid, processes.born(pid))


@dataclass(frozen=True)
class _Given:
    """What a run has from its caller: environment, file mode mask, soft limits (``limits.of``)."""

    environ: Mapping[str, str]
    mask: str
    soft: str


def _given(held: Held) -> _Given | None:
    """What the session's oldest window was launched with; None when that is gone."""
    panes = _server(held.place).cmd(
        "list-panes", "-s", "-F", "#{pane_pid}", target=f"{_now(held)}:"
    )
    for pid in map(int, panes.stdout):
        wait_for_shell(pid)
        environ = processes.environment(pid)
        if environ:
            return _Given(environ, *limits.of(pid))
    return None


@dataclass(frozen=True)
class _Pane:
    """A pane of the server, the id of its session (``$3``), and what run that was made for."""

    pane: str
    pid: int
    session: str
    name: str
    run: str

    def is_of(self, held: Held) -> bool:
        """Whether the window's leader is in it."""
        return self.pane == held.window and self.pid == held.pid


def _panes(held: Held) -> tuple[_Pane, ...]:
    """All panes of the server; none when it is gone.

    Where a cleaner of old files has taken its socket, tmux is asked to make it anew (tmux(1): with
    SIGUSR1).
    """
    if not Path(held.place).exists() and processes.lives(held.pid, held.born):
        _ask_for_socket(held)
    form = "\t".join(("#{pane_id}", "#{pane_pid}", "#{session_id}", "#{session_name}", "#{%s}"))
    found = []
    for line in _server(held.place).cmd("list-panes", "-a", "-F", form % _MARK).stdout:
        pane, pid, session, name, run = (*line.split("\t"), "", "")[:5]
        found.append(_Pane(pane, int(pid), session, name, run))
    return tuple(found)


def _now(held: Held) -> str | None:
    """Id of the run's session, which no other ever gets; None when it is gone.

    It may have another name now, and another session its name. One that a Propel made before it
    marked them is known by its name and the run's window in it.
    """
    return _own(_panes(held), held)


def _own(panes: tuple[_Pane, ...], held: Held) -> str | None:
    marked = {pane.session for pane in panes if pane.run == held.session}
    old = {
        pane.session
        for pane in panes
        if not pane.run and pane.is_of(held) and pane.name == held.session
    }
    return next(iter(sorted(marked or old)), None)


def _ask_for_socket(held: Held) -> None:
    owner = processes.parent(held.pid)
    found = processes.seen(owner) if owner else None
    # Of another program SIGUSR1 may be the end.
    if owner is None or found is None or Path(found.program).name != "tmux":
        return
    Path(held.place).parent.mkdir(mode=0o700, exist_ok=True)
    os.kill(owner, signal.SIGUSR1)
    deadline = time.monotonic() + _SOCKET_S
    while not Path(held.place).exists() and time.monotonic() < deadline:
        time.sleep(0.02)


def _refuse_ended(order: Order, said: list[str]) -> None:
    if any("no server running" in line or "server exited" in line for line in said):
        raise Problem(
            f"tmux has ended the session {order.session} at once ({said[0]}).",
            "Look in your tmux.conf for what ends sessions that nobody is attached to "
            "(exit-unattached, a hook), or choose screen.",
        )


def _leave_environment(order: Order, environ: Mapping[str, str]) -> None:
    path = f"{order.text_file}.environ"
    data = b"".join(
        os.fsencode(name) + b"=" + os.fsencode(value) + b"\0" for name, value in environ.items()
    )
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(data)


def _socket(environ: Mapping[str, str]) -> str:
    """Path of the server's socket as tmux itself finds it (tmux(1), ``-L``)."""
    inside = environ.get("TMUX", "").partition(",")[0]
    if inside:
        return inside
    folder = environ.get("TMUX_TMPDIR") or "/tmp"  # noqa: S108 - where tmux keeps its sockets
    return os.path.join(os.path.realpath(folder), f"tmux-{os.getuid()}", "default")  # noqa: PTH118


def _server(socket: str) -> Server:
    """The server, which has just answered: libtmux would wait for ever for one that does not.

    Raises:
        Problem: it does not answer within ``_ANSWER_S``.
    """
    _run(("tmux", "-S", socket, "display-message", "-p", ""), os.environ)
    # Here and not at the top: it takes 0.14 s, also of those who never use tmux.
    from libtmux import Server  # noqa: PLC0415

    return Server(socket_path=socket)


def _literal(text: str) -> str:
    """``text`` where tmux would expand ``#{...}``."""
    return text.replace("#", "##")


def _word(text: str) -> str:
    """``text`` as one argument: a ``;`` at its end would end the command."""
    return text[:-1] + "\\;" if text.endswith(";") else text


def _run(argv: tuple[str, ...], environ: Mapping[str, str]) -> subprocess.CompletedProcess[str]:
    try:
        return program.run(argv, environ, _ANSWER_S)
    except OSError as error:
        raise Problem(f"tmux could not be started: {error}.", "Try `tmux ls` by hand.") from error
    except subprocess.TimeoutExpired:
        raise Problem(
            f"tmux has not answered within {_ANSWER_S:.0f} s: its server hangs or is stopped.",
            "`ps -C tmux -o pid,stat,args` shows a stopped one with the state T; `kill -CONT` with its "
            "number lets it go on.",
        ) from None


BACKEND = Tmux()
