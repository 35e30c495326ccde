"""The GPUs of this host, and who holds them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from propel_helper.facts.gpu import GpuProcess, GpuReport
from propel_helper.gpu import driver
from propel_helper.runs.record import Record
from propel_helper.sessions import processes

_DEEPEST = 64
"""Generations between a run's session and a process of it."""


def gpus() -> GpuReport:
    """All GPUs, or why there are none."""
    return driver.report()


def held_by(record: Record, report: GpuReport) -> frozenset[int]:
    """Index of each GPU that the processes of a run hold; none for a run of another host."""
    window = record.last.window
    if window is None or record.host != processes.host():
        return frozenset()
    if not any(gpu.processes for gpu in report.gpus):
        return frozenset()
    pids = {window.pid, *processes.below(window.pid)}
    return frozenset(
        gpu.index for gpu in report.gpus if any(one.pid in pids for one in gpu.processes)
    )


def with_owners(report: GpuReport, records: Iterable[Record]) -> GpuReport:
    """The same, with the user of each process and, of ``records``, the run it belongs to."""
    if not any(gpu.processes for gpu in report.gpus):
        return report
    here = processes.host()
    windows = {
        record.last.window.pid: record.run
        for record in records
        if record.last.window is not None and record.last.ending is None and record.host == here
    }
    return replace(
        report,
        gpus=tuple(
            replace(gpu, processes=tuple(_owned(one, windows) for one in gpu.processes))
            for gpu in report.gpus
        ),
    )


def _owned(process: GpuProcess, windows: Mapping[int, str]) -> GpuProcess:
    user = processes.user(process.pid)
    return replace(process, user=user, run=_run(process.pid, windows) if user else "")


def _run(pid: int, windows: Mapping[int, str]) -> str:
    """The run whose session a process descends from."""
    above: int | None = pid
    for _ in range(_DEEPEST):
        if not above or above in windows:
            break
        above = processes.parent(above)
    return windows.get(above or 0, "")
