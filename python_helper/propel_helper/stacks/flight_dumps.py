"""Where torch's Flight Recorder leaves its dumps, and their bytes."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

_LARGEST = 64 * 1024 * 1024
"""Bytes; a buffer of 2,000 collectives takes about one million."""
_VARIABLES = ("TORCH_FR_DUMP_TEMP_FILE", "TORCH_NCCL_DEBUG_INFO_TEMP_FILE")


@dataclass(frozen=True)
class FlightDump:
    """A file that a rank's recorder wrote. ``written``: seconds since the epoch."""

    rank: int
    path: str
    written: float
    data: bytes


def dump_of(rank: int, environ: Mapping[str, str], since: float) -> FlightDump | None:
    """The newest dump that the rank has written since ``since`` (seconds since the epoch).

    ``environ``: the rank's own. Places: torch/csrc/distributed/c10d/FlightRecorder.cpp
    (``DebugInfoWriter``), before 2.9 ProcessGroupNCCL.cpp; the rank stands behind the prefix.
    """
    found = [
        dump
        for prefix in _prefixes(environ)
        if (dump := _read(rank, f"{prefix}{rank}")) is not None and dump.written >= since
    ]
    return max(found, key=lambda dump: dump.written, default=None)


def _prefixes(environ: Mapping[str, str]) -> Iterator[str]:
    for name in _VARIABLES:
        if environ.get(name, "").startswith("/"):
            yield environ[name]
    cache = environ.get("XDG_CACHE_HOME", "") or f"{environ.get('HOME', '')}/.cache"
    if cache.startswith("/"):
        yield f"{cache}/torch/comm_lib_trace_rank_"
    yield "/tmp/nccl_trace_rank_"  # noqa: S108 - where torch writes it


def _read(rank: int, path: str) -> FlightDump | None:
    """The file, if it is one and this user's own: anybody may put one into a shared folder."""
    try:
        handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError:
        return None
    try:
        about = os.fstat(handle)
        own = stat.S_ISREG(about.st_mode) and about.st_uid == os.geteuid()
        if not own or not 0 < about.st_size <= _LARGEST:
            return None
        with os.fdopen(os.dup(handle), "rb") as stream:
            return FlightDump(rank, path, about.st_mtime, stream.read(_LARGEST))
    except OSError:
        return None
    finally:
        os.close(handle)
