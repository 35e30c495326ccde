"""Use case: whether a run's GPUs still do anything new."""

from __future__ import annotations

import time

from propel_helper.app.gpus import gpus, held_by
from propel_helper.runs.record import Record

LOOKS = 3
BETWEEN_S = 0.3
"""Seconds between two looks: a kernel may just have ended."""


def has_flat_gpus(record: Record) -> bool:
    """Whether the GPUs that the run holds do one thing all the time; true when it holds none.

    That is nothing, or a kernel that never ends: one of a collective spins.
    """
    held = held_by(record, gpus())
    seen: dict[int, list[int]] = {index: [] for index in held}
    for _ in range(LOOKS if held else 0):
        for gpu in gpus().gpus:
            if gpu.index in seen and gpu.utilization is not None:
                seen[gpu.index].append(gpu.utilization)
        time.sleep(BETWEEN_S)
    return all(max(values, default=0) - min(values, default=0) <= 5 for values in seen.values())
