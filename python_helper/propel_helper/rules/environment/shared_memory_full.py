"""shared-memory-full: the shared memory of the container is too small.

## What happened
Data loader workers pass their batches through shared memory, `/dev/shm`, and there was no room.

## Why it happens
Containers get 64 MB of it unless they are started with more.

## What the fix changes
Where the launch says how many data loading workers there are: half as many, so that less of it is used at
once. Otherwise nothing: the size is set when the container is started.

## Fix safety
Safe: fewer workers load the same data, more slowly.
"""

from __future__ import annotations

from propel_helper.facts.crash import Crash
from propel_helper.facts.finding import Category, Explanation
from propel_helper.facts.surroundings import Surroundings
from propel_helper.facts.wording import Wording
from propel_helper.rules import Rule, workers
from propel_helper.rules.said import line_of, said
from propel_helper.rules.steps import guide
from propel_helper.rules.words import first_line

# torch/utils/data/dataloader.py and _utils/worker.py; aten/src/ATen/MapAllocator.cpp.
_WORDS = Wording(
    r"insufficient shared memory"
    r"|killed by signal: Bus error"
    r"|out of shared memory"
    r"|unable to (?:allocate shared memory|write to file </torch|mmap \d+ bytes from file </torch|open shared memory object|resize file </torch)"
    r"|shared memory\(shm\)"
    r"|/dev/shm.*No space left|No space left.*/dev/shm"
    r"|torch_shm_manager"
)


def explain(crash: Crash, surroundings: Surroundings) -> Explanation | None:
    """Claim the wordings above."""
    found = said(crash, _WORDS)
    if found is None:
        return None
    return Explanation(
        error="too little shared memory",
        because=f"the workers pass batches through `/dev/shm` and it is full ({first_line(line_of(found))})",
        fixes=(
            *workers.fewer(surroundings),
            guide(
                "raise-shm",
                "Give the container more shared memory",
                "Start the container with `--shm-size=8g` (or `--ipc=host`); until then fewer workers, or none, need less. `df -h /dev/shm` shows its size.",
            ),
        ),
    )


RULE = Rule("shared-memory-full", Category.ENVIRONMENT, ("exception",), explain)
