"""Whether this system lets one process look into another, and what to change where it does not.

ptrace(2), "Ptrace access mode checking"; https://docs.kernel.org/admin-guide/LSM/Yama.html
"""

from __future__ import annotations

import os
import platform
import pwd
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

from propel_helper.facts.problem import Problem
from propel_helper.sessions import gdb_trial

_YAMA = Path("/proc/sys/kernel/yama/ptrace_scope")
_IN_CONTAINER = (Path("/.dockerenv"), Path("/run/.containerenv"))
_REMOTE = (3, 14)
"""The first Python that lets a debugger in by itself (PEP 768), where both have the same version."""


@dataclass(frozen=True)
class Barrier:
    """What stands between this user and a process.

    ``owner``: the process's user, ``me``: this one; ``scope``: Yama's ptrace_scope, None where the
    kernel has no Yama; ``contained``: whether this is inside a container.
    """

    owner: str
    me: str
    scope: int | None
    contained: bool


def forbidden(pid: int) -> Problem | None:
    """Why a debugger can't be attached to ``pid``, or None when the system allows it.

    Opening a process's memory takes the very permission that attaching takes, and does nothing to
    the process (proc(5), /proc/pid/mem).
    """
    if sys.platform != "linux":
        return None
    try:
        os.close(os.open(f"/proc/{pid}/mem", os.O_RDONLY | os.O_CLOEXEC))
    except FileNotFoundError:
        return Problem(f"The process {pid} has ended.", "Look at the run's processes again.")
    except OSError:
        return told(pid, _barrier(pid))
    return None


def told(pid: int, barrier: Barrier) -> Problem:
    """The barrier in words, with the setting that makes it and how to change it."""
    if barrier.owner != barrier.me:
        return Problem(
            f"The process {pid} belongs to {barrier.owner}, and you are {barrier.me}: the system "
            "lets only its owner and root attach to it.",
            f"Connect as {barrier.owner} and attach there.",
        )
    where = " on the container's host" if barrier.contained else ""
    if barrier.scope == 1:
        return Problem(
            "The kernel lets only a process's own ancestors attach to it: the setting "
            "kernel.yama.ptrace_scope is 1.",
            f"Run `sudo sysctl kernel.yama.ptrace_scope=0`{where}; it holds until the next start "
            "of the machine.",
        )
    if barrier.scope == 2:
        return Problem(
            "The kernel lets only an administrator attach to a process: the setting "
            "kernel.yama.ptrace_scope is 2.",
            f"Run `sudo sysctl kernel.yama.ptrace_scope=0`{where}, or start the editor with the "
            "capability CAP_SYS_PTRACE.",
        )
    if barrier.scope is not None and barrier.scope > 2:
        return Problem(
            "The kernel lets nobody attach to a process: the setting kernel.yama.ptrace_scope is "
            "3, which can't be lowered while the machine runs.",
            "Set it to 0 in /etc/sysctl.d and start the machine again, or use "
            '"Propel: Debug This Crash", which attaches to nothing.',
        )
    if barrier.contained:
        return Problem(
            "This container may not attach to processes: it lacks the capability SYS_PTRACE.",
            "Start it with `docker run --cap-add=SYS_PTRACE` (Kubernetes: "
            "securityContext.capabilities.add: [SYS_PTRACE]).",
        )
    return Problem(
        f"The system does not let you attach to the process {pid}: it protects itself from being "
        "looked into (prctl PR_SET_DUMPABLE), or a security module such as SELinux does.",
        "Attach as root.",
    )


def no_way_in(version: str | None) -> Problem | None:
    """Why a debugger can't enter a Python of this version on this host, or None when it can.

    Takes a second where gdb has to be tried.
    """
    numbers = tuple(int(part) for part in (version or "").split(".")[:2] if part.isdigit())
    if numbers and numbers < (3, 8):
        return Problem(
            f"The process runs Python {version}, and the debugger needs 3.8 or newer.",
            "Use a newer Python for the run.",
        )
    if numbers >= _REMOTE and numbers == sys.version_info[:2]:
        return None
    if sys.platform == "darwin":
        return None if shutil.which("lldb") else _missing("lldb", "xcode-select --install")
    if platform.machine().lower() not in {"x86_64", "amd64"}:
        return Problem(
            f"debugpy can't enter a running Python on this processor ({platform.machine()}).",
            'Use "Propel: Debug This Crash", which starts the command under the debugger.',
        )
    gdb = shutil.which("gdb")
    if gdb is None:
        return _missing("gdb", "apt install gdb` or `yum install gdb")
    return gdb_trial.failing(gdb)


def _missing(program: str, install: str) -> Problem:
    return Problem(
        f"The debugger enters a running Python with the help of {program}, which is not on PATH.",
        f"Install it: `{install}`.",
    )


def _barrier(pid: int) -> Barrier:
    try:
        scope: int | None = int(_YAMA.read_text("ascii"))
    except (OSError, ValueError):
        scope = None
    try:
        owner = _user(Path(f"/proc/{pid}").stat().st_uid)
    except OSError:
        owner = _user(os.geteuid())
    contained = any(path.exists() for path in _IN_CONTAINER)
    contained = contained or bool(os.environ.get("KUBERNETES_SERVICE_HOST"))
    return Barrier(owner, _user(os.geteuid()), scope, contained)


def _user(uid: int) -> str:
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return f"the user {uid}"
