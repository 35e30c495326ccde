"""Use case: what the Flight Recorder's dumps of a run's ranks say, where there are any."""

from __future__ import annotations

import time
from collections.abc import Mapping

from propel_helper.app.stuck_frames import Frames, one_line
from propel_helper.hangs.recorder import Collective, NoDump, compare, read_dump
from propel_helper.stacks.flight_dumps import dump_of


def recorded(
    ranked: Mapping[int, Mapping[str, str]], since: float, frames: Frames
) -> tuple[str, ...]:
    """One sentence a process group that hangs, and one a dump that can't be read.

    ``ranked``: the environment of each rank; ``since``: when the run began (epoch seconds).
    """
    dumps: dict[int, tuple[Collective, ...]] = {}
    ages: list[float] = []
    refused: list[str] = []
    for rank, environ in sorted(ranked.items()):
        dump = dump_of(rank, environ, since)
        if dump is None:
            continue
        try:
            dumps[rank] = read_dump(dump.data)
            ages.append(max(0.0, time.time() - dump.written))
        except NoDump as error:
            refused.append(f"The Flight Recorder dump {dump.path} was not read: {error}.")
    said = list(compare(dumps, lambda one: frames.place(one.frames)))
    if said and max(ages) >= 60:
        said.append(f"These dumps are {max(ages) / 60:.0f} min old.")
    return tuple(one_line(one) for one in (*said, *refused))
