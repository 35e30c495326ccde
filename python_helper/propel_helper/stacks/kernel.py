"""What a thread does in the system, as Linux tells: proc(5), ``/proc/PID/task/TID/syscall``.

Reading it stops nothing; it asks for the same right as reading the process's memory.
"""

from __future__ import annotations

import os
import platform
from collections.abc import Mapping
from pathlib import Path

from propel_helper.facts.stack import Deed, Pause

# Numbers of the system calls that a waiting program is in, from arch/x86/entry/syscalls and
# include/uapi/asm-generic/unistd.h of Linux.
_X86 = {
    0: "read", 1: "write", 2: "open", 7: "poll", 16: "ioctl", 17: "read", 18: "write", 19: "read",
    20: "write", 23: "select", 24: "yield", 34: "pause", 35: "sleep", 42: "connect", 43: "accept",
    45: "receive", 47: "receive", 44: "send", 46: "send", 61: "child", 73: "lock", 74: "write",
    75: "write", 202: "futex", 230: "sleep", 232: "poll", 247: "child", 257: "open", 262: "open",
    270: "select", 271: "poll", 281: "poll", 288: "accept", 295: "read", 296: "write", 332: "open",
    4: "open", 5: "read", 6: "open",
}  # fmt: skip
_ARM = {
    63: "read", 64: "write", 65: "read", 66: "write", 67: "read", 68: "write", 69: "read",
    70: "write", 56: "open", 22: "poll", 73: "poll", 72: "select", 29: "ioctl", 32: "lock",
    82: "write", 83: "write", 95: "child", 260: "child", 98: "futex", 101: "sleep", 115: "sleep",
    124: "yield", 200: "accept", 202: "accept", 203: "connect", 206: "send", 207: "receive",
    211: "send", 212: "receive", 79: "open", 80: "read", 291: "open",
}  # fmt: skip
_TABLES: Mapping[str, Mapping[int, str]] = {"x86_64": _X86, "aarch64": _ARM}
_FD_FIRST = frozenset({"read", "write", "ioctl", "lock", "receive", "send", "accept", "connect"})
_PLAIN = {
    "futex": Pause.LOCK,
    "sleep": Pause.SLEEP,
    "child": Pause.CHILD,
    "yield": Pause.COMPUTES,
    "receive": Pause.NETWORK,
    "send": Pause.NETWORK,
    "accept": Pause.NETWORK,
    "connect": Pause.NETWORK,
}


def deed(pid: int, tid: int, *, is_active: bool) -> Deed:
    """What the thread does now. ``is_active``: what py-spy makes of it."""
    told = _read(f"/proc/{pid}/task/{tid}/syscall")
    if told == "running":
        return Deed(Pause.COMPUTES)
    words = told.split()
    table = _TABLES.get(platform.machine(), {})
    if len(words) < 2 or not words[0].lstrip("-").isdigit():
        return Deed(Pause.COMPUTES if is_active else Pause.UNKNOWN)
    call = table.get(int(words[0]), "")
    if call in _FD_FIRST:
        return _on_file(call, _target(pid, int(words[1], 16)))
    if call == "open":
        return Deed(Pause.FILE, "open")
    return Deed(_PLAIN.get(call, Pause.UNKNOWN))


def _on_file(call: str, target: str) -> Deed:
    if target.startswith(("/dev/pts/", "/dev/tty", "/dev/console")):
        return Deed(Pause.TERMINAL)
    if target.startswith("/dev/nvidia"):
        return Deed(Pause.GPU)
    if target.startswith("pipe:"):
        return Deed(Pause.PIPE)
    if target.startswith("socket:"):
        return Deed(Pause.NETWORK)
    if target.startswith("/") and call in {"read", "write", "lock"}:
        return Deed(Pause.FILE, call, target)
    return Deed(_PLAIN.get(call, Pause.UNKNOWN))


def _target(pid: int, descriptor: int) -> str:
    try:
        return os.readlink(f"/proc/{pid}/fd/{descriptor}")  # noqa: PTH115 - one call, no path object
    except OSError:
        return ""


def _read(path: str) -> str:
    try:
        return Path(path).read_text("ascii").strip()
    except (OSError, ValueError):
        return ""
