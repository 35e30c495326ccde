"""What the kernel says of processes that it killed for want of memory.

The counter ``oom_kill`` of a process's control group: ``memory.events`` (version 2,
https://docs.kernel.org/admin-guide/cgroup-v2.html) or ``memory.oom_control`` (version 1). Whichever
limit was the cause, also the host's: version 2 counts kills in the group and below it, version 1
those in the group itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from propel_helper.regular import read

_LONGEST = 64 * 1024
_COUNT = re.compile(r"^oom_kill ([0-9]+)$", re.MULTILINE)
_TREE_LIMIT = re.compile(r"^hierarchical_memory_limit ([0-9]+)$", re.MULTILINE)
_MEM_TOTAL = re.compile(r"^MemTotal: +([0-9]+) kB$", re.MULTILINE)


def counter(pid: int, proc: Path = Path("/proc")) -> Path | None:
    """The file that counts the kills in ``pid``'s control group; None when nothing tells."""
    return next((file for file in _counters(pid, proc) if kills(file) is not None), None)


def kills(file: Path) -> int | None:
    """How many processes a counter counts so far; None when it is gone, or is none."""
    found = _COUNT.search(_text(file))
    return int(found[1]) if found else None


def limit(file: Path, meminfo: Path = Path("/proc/meminfo")) -> int | None:
    """Bytes that the group of a counter may use; None without a limit below the host's memory.

    The lowest of the group and those above it, as far as they can be seen from here.
    """
    if file.name == "memory.events":
        above = (folder / "memory.max" for folder in file.parents)
        found = [int(text) for text in map(_text, above) if text.strip().isdecimal()]
    else:
        found = [int(text) for text in _TREE_LIMIT.findall(_text(file.parent / "memory.stat"))]
    host = _MEM_TOTAL.search(_text(meminfo))
    lowest = min(found, default=None)
    unlimited = lowest is None or (host is not None and lowest >= int(host[1]) * 1024)
    return None if unlimited else lowest


def _counters(pid: int, proc: Path) -> Iterator[Path]:
    """Files that may hold the counter, the right one first (cgroups(7), proc(5) mountinfo)."""
    try:
        groups = (proc / str(pid) / "cgroup").read_text(encoding="utf-8", errors="replace")
        mounts = (proc / str(pid) / "mountinfo").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return
    for line in groups.splitlines():
        number, _, rest = line.partition(":")
        controllers, _, group = rest.partition(":")
        if "memory" in controllers.split(","):
            kind, name = "cgroup", "memory.oom_control"
        elif number == "0" and not controllers:
            kind, name = "cgroup2", "memory.events"
        else:
            continue
        for root, point in _mounts(mounts, kind):
            below = group[len(root.rstrip("/")) :] if group.startswith(root) else group
            yield Path(point + below.rstrip("/")) / name
            # A container may see its own group as the root of everything.
            yield Path(point) / name


def _mounts(mounts: str, kind: str) -> Iterator[tuple[str, str]]:
    """Root and place of each mount of ``kind`` (for version 1: that of the memory controller)."""
    for line in mounts.splitlines():
        place, _, system = line.partition(" - ")
        fields, names = place.split(" "), system.split(" ")
        if len(fields) < 5 or names[0] != kind:
            continue
        if kind == "cgroup2" or "memory" in names[-1].split(","):
            yield fields[3], fields[4]


def _text(file: Path) -> str:
    try:
        return read(file, _LONGEST).decode("ascii", "replace")
    except OSError:
        return ""
