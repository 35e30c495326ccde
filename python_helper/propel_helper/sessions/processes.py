"""Processes of this host: who lives, who belongs to a window, and ending exactly those.

The one importer of psutil.
"""

from __future__ import annotations

import os
import socket
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import psutil

_LINUX = sys.platform == "linux"
IsMarked = Callable[[Mapping[str, str]], bool]
"""Whether an environment that a process was started with is that of one window."""

_REAPED_S = 2.0
"""Seconds that a process may take to go after SIGKILL; in a system call it may take for ever."""


def host() -> str:
    """Name of this host."""
    return socket.gethostname()


def boot_id() -> str:
    """Names this start of the machine; "" where the system does not tell.

    Linux: /proc/sys/kernel/random/boot_id (random(4)).
    """
    try:
        return Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
    except OSError:
        return "" if _LINUX else str(int(psutil.boot_time()))


def born(pid: int) -> str:
    """Tells a process from a later one with the same id; "" when there is none or it is a zombie.

    Linux: start time in clock ticks since the boot (proc(5), stat field 22), which no change of
    the clock moves.
    """
    if _LINUX:
        stat = _told(pid, "stat")
        if not stat:
            return ""
        # The name in brackets may hold anything, spaces and brackets too.
        fields = stat[stat.rfind(b")") + 2 :].split()
        return "" if fields[0] in (b"Z", b"X") else fields[19].decode("ascii")
    try:
        process = psutil.Process(pid)
        return "" if process.status() == psutil.STATUS_ZOMBIE else str(process.create_time())
    except psutil.Error:
        return ""


def lives(pid: int, birth: str) -> bool:
    """Whether the process ``pid`` that was born at ``birth`` still runs."""
    return birth != "" and born(pid) == birth


def wait_until_gone(pid: int, birth: str, seconds: float) -> None:
    """Return when that process runs no more, or after ``seconds``."""
    deadline = time.monotonic() + seconds
    while lives(pid, birth) and time.monotonic() < deadline:
        time.sleep(0.01)


def parent(pid: int) -> int | None:
    """Process id of the parent, or None when the process is gone."""
    try:
        return psutil.Process(pid).ppid()
    except psutil.Error:
        return None


def user(pid: int) -> str:
    """Name of the user who owns the process, "" when it is gone or can't be seen from here."""
    try:
        return psutil.Process(pid).username()
    except (psutil.Error, OSError):
        return ""


@dataclass(frozen=True)
class Seen:
    """A process as the system shows it; what it hides is empty.

    ``program``: absolute path of its executable, links resolved. ``cwd``: absolute.
    """

    pid: int
    arguments: tuple[str, ...]
    program: str
    cwd: str


def seen(pid: int) -> Seen | None:
    """The process, or None when it is gone. Another user's process hides most of it."""
    words = arguments(pid)
    return Seen(pid, words, _place(pid, "exe"), _place(pid, "cwd")) if words else None


def _place(pid: int, what: str) -> str:
    try:
        if _LINUX:
            return os.readlink(f"/proc/{pid}/{what}")  # noqa: PTH115 - one call, no path object
        process = psutil.Process(pid)
        return process.exe() if what == "exe" else process.cwd()
    except (psutil.Error, OSError):
        return ""


def below(leader: int) -> Iterator[int]:
    """Process ids of the descendants of ``leader``, nearest first, each generation oldest first."""
    generation = children(leader)
    while generation:
        yield from generation
        generation = tuple(child for pid in generation for child in children(pid))


def children(pid: int) -> tuple[int, ...]:
    """Process ids of the children, oldest first.

    Linux: /proc/PID/task/TID/children (proc(5), since 4.2), which costs a hundredth of looking
    through all processes.
    """
    if _LINUX:
        try:
            texts = [
                file.read_text("ascii") for file in Path(f"/proc/{pid}/task").glob("*/children")
            ]
        except OSError:
            return ()
        if texts:
            return tuple(int(word) for text in texts for word in text.split())
    try:
        return tuple(child.pid for child in psutil.Process(pid).children())
    except psutil.Error:
        return ()


def arguments(pid: int) -> tuple[str, ...]:
    """Program and arguments as the process was started; empty when it is gone."""
    if _LINUX:
        data = _told(pid, "cmdline")
        return tuple(os.fsdecode(data.removesuffix(b"\0")).split("\0")) if data else ()
    try:
        return tuple(psutil.Process(pid).cmdline())
    except psutil.Error:
        return ()


def environment(pid: int) -> dict[str, str]:
    """The environment that the process was started with; empty when that can't be read."""
    try:
        return psutil.Process(pid).environ()
    except (psutil.Error, OSError):
        return {}


def is_stopped(pid: int) -> bool:
    """Whether a signal (Ctrl+Z, SIGSTOP) or a debugger holds the process."""
    try:
        return psutil.Process(pid).status() in {psutil.STATUS_STOPPED, psutil.STATUS_TRACING_STOP}
    except psutil.Error:
        return False


def of_job(variable: str, value: str) -> tuple[int, ...]:
    """Processes of this host that were started with ``variable=value``, as far as we may see."""
    return tuple(
        process.pid
        for process in psutil.process_iter(["environ"])
        if (process.info["environ"] or {}).get(variable) == value
    )


def descendants(leader: int) -> tuple[psutil.Process, ...]:
    """Children of ``leader``, their children, and so on."""
    try:
        return tuple(psutil.Process(leader).children(recursive=True))
    except psutil.Error:
        return ()


def left_behind(leader: int) -> tuple[psutil.Process, ...]:
    """Processes in the leader's POSIX session that descend from it no more.

    They were put in the background by a shell that has ended. What a person started from the
    shell that stays descends from the leader and is not among them, unless that put it there in
    the same way, as a ``.bashrc`` may.
    """
    below = {process.pid for process in descendants(leader)} | {leader}
    found = []
    for pid in psutil.pids():
        try:
            if pid not in below and os.getsid(pid) == leader and born(pid):
                found.append(psutil.Process(pid))
        except (OSError, psutil.Error):
            continue
    return tuple(found)


def strays(leader: int, is_marked: IsMarked) -> tuple[psutil.Process, ...]:
    """Processes that were started in the leader's window and left its POSIX session (setsid(2)).

    ``is_marked`` says of the environment that a process was started with whether it is the window's.
    What a screen or tmux server has started is that one's, and so is the server itself: somebody may
    work there by now.
    """
    below = {process.pid for process in descendants(leader)} | {leader}
    found = []
    for pid in psutil.pids():
        try:
            apart = pid not in below and os.getsid(pid) != leader
            if apart and is_marked(environment(pid)) and born(pid) and not _is_held(pid, leader):
                found.append(psutil.Process(pid))
        except (OSError, psutil.Error):
            continue
    return tuple(found)


def _is_held(pid: int, leader: int) -> bool:
    """Whether a process is, or descends from, a server of sessions that is not the leader's own."""
    own = parent(leader)
    at: int | None = pid
    while at is not None and at > 1 and at != own:
        said = arguments(at)
        if said and said[0].rpartition("/")[2].split(":")[0].lower() in {"tmux", "screen"}:
            return True
        at = parent(at)
    return False


def left_by(leader: int, ended: float, is_marked: IsMarked) -> tuple[psutil.Process, ...]:
    """What a text that ended at ``ended`` (Unix seconds) has left running, the leader living on."""
    every = (*left_behind(leader), *strays(leader, is_marked))
    return tuple(one for one in every if (started(one.pid) or ended + 1) < ended)


def started(pid: int) -> float | None:
    """When a process was started, in Unix seconds by the clock as it stands; None when it is gone.

    psutil goes by the whole second of the boot on Linux.
    """
    if _LINUX:
        birth = born(pid)
        booted = time.time() - time.clock_gettime(time.CLOCK_BOOTTIME)
        return booted + int(birth) / os.sysconf("SC_CLK_TCK") if birth else None
    try:
        return psutil.Process(pid).create_time()
    except psutil.Error:
        return None


def orphans(leader: int, birth: str, is_marked: IsMarked) -> tuple[psutil.Process, ...]:
    """What is left of a window whose leader is gone: processes of its POSIX session, and strays.

    Once all of them are gone the leader's id may go to somebody's daemon, which leaves its children
    the same way (setsid(2)): ``is_marked`` says of the environment that a process was started with
    whether it is the window's.
    """
    if birth == "" or born(leader):
        return ()
    stayed = tuple(one for one in left_behind(leader) if is_marked(environment(one.pid)))
    return stayed + strays(leader, is_marked)


def members(leader: int, is_marked: IsMarked) -> tuple[psutil.Process, ...]:
    """What a window runs: descendants of its leader, what was left behind, and strays."""
    return descendants(leader) + left_behind(leader) + strays(leader, is_marked)


def end_members(leader: int, birth: str, grace_s: float, is_marked: IsMarked) -> None:
    """End what a window runs, but not its leader: SIGTERM, ``grace_s`` seconds, SIGKILL."""

    def found() -> tuple[psutil.Process, ...]:
        if lives(leader, birth):
            return members(leader, is_marked)
        return orphans(leader, birth, is_marked)

    end(found, grace_s)


def end(found: Callable[[], tuple[psutil.Process, ...]], grace_s: float) -> None:
    """End what ``found`` tells: SIGTERM, ``grace_s`` seconds, SIGKILL."""
    asked = found()
    for process in asked:
        _signal(process, kill=False)
    _wait(asked, grace_s)
    # Once more from the leader down: what was born meanwhile is asked too late to be asked nicely.
    rest = {process.pid: process for process in (*asked, *found())}
    for process in rest.values():
        _signal(process, kill=True)
    _wait(tuple(rest.values()), _REAPED_S)


def _told(pid: int, name: str) -> bytes:
    """A file of ``/proc/PID``, empty when the process is gone.

    Asked once a second for each of a hundred runs: this takes a fifth of what ``Path`` takes.
    """
    try:
        handle = os.open(f"/proc/{pid}/{name}", os.O_RDONLY | os.O_CLOEXEC)
    except OSError:
        return b""
    try:
        pieces = []
        while piece := os.read(handle, 65536):
            pieces.append(piece)
        return b"".join(pieces)
    except OSError:
        # ESRCH: it went away between the two calls.
        return b""
    finally:
        os.close(handle)


def _wait(processes: tuple[psutil.Process, ...], seconds: float) -> None:
    """Until all are gone or zombies (psutil's own wait stays for a zombie that nobody reaps)."""
    deadline = time.monotonic() + seconds
    while any(born(process.pid) and process.is_running() for process in processes):
        if time.monotonic() >= deadline:
            return
        time.sleep(0.02)


def _signal(process: psutil.Process, *, kill: bool) -> None:
    try:
        # psutil compares the birth before it signals: an id used again is left alone.
        process.kill() if kill else process.terminate()
    except psutil.Error:
        return
