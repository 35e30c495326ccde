"""What the kernel says of processes that it killed for want of memory.

The counter ``oom_kill`` of a process's control group: ``memory.events`` (version 2,
https://docs.kernel.org/admin-guide/cgroup-v2.html) or ``memory.oom_control`` (version 1). It counts
kills in the group itself and below it, whichever limit was the cause, also the host's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

_COUNT = re.compile(r"^oom_kill ([0-9]+)$", re.MULTILINE)


def oom_kills(pid: int, proc: Path = Path("/proc")) -> int | None:
    """How many processes of ``pid``'s control group were killed so far; None when nothing tells."""
    for file in _counters(pid, proc):
        try:
            count = _COUNT.search(file.read_text(encoding="ascii", errors="replace"))
        except OSError:
            continue
        if count:
            return int(count[1])
    return None


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
