"""Whether the kernel killed processes of a run for want of memory: its count or log, in words."""

from __future__ import annotations

from pathlib import Path

from propel_helper.runs.record import Attempt
from propel_helper.sessions import kernel_log, memory, processes

_UNITS = ((2**30, "GiB"), (2**20, "MiB"), (2**10, "KiB"))


def memory_kills(host: str, attempt: Attempt) -> str | None:
    """The evidence for such kills since the attempt's start; None when nothing tells of any.

    ``host``: the run's. The kernel counts by control group: other processes of it are counted too.
    """
    if not _here(host, attempt) or attempt.oom_kills is None:
        return None
    file = Path(attempt.oom_counter)
    # A group that was made anew under the same name counts from 0.
    more = (memory.kills(file) or 0) - attempt.oom_kills
    if more <= 0:
        return None
    what = "a process" if more == 1 else f"{more} processes"
    limit = memory.limit(file)
    why = (
        "has no limit that can be seen here, so the host's memory was full"
        if limit is None
        else f"has a limit of {_size(limit)}"
    )
    return f"the kernel killed {what} of its control group, which {why} (oom_kill in {file})"


def logged_kill(host: str, attempt: Attempt, ended: float) -> str | None:
    """The kernel's word that it killed the very process that was seen to run; else None.

    It tells also of a process in a control group of its own (`systemd-run --scope`, `cgexec`),
    which the count does not see. ``ended``: seconds since the epoch.
    """
    if not _here(host, attempt) or attempt.observed is None:
        return None
    said = kernel_log.memory_kill(attempt.observed.pid, attempt.started, ended)
    return f"the kernel logged `{said}`" if said else None


def _here(host: str, attempt: Attempt) -> bool:
    """Another host or container, or a machine that has started anew, has other groups."""
    return host == processes.host() and attempt.boot == processes.boot_id()


def _size(count: int) -> str:
    for unit, name in _UNITS:
        if count >= unit:
            return f"{count / unit:.4g} {name}"
    return f"{count} bytes"
