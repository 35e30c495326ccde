"""job-memory-limit: the job used more memory than it was given.

## What happened
The scheduler, the container runtime or the kernel ended the run because it passed the memory
limit of its job.

## Why it happens
The limit is lower than what the program needs: loading a model or a dataset, many workers, or
several ranks that each load all of it.

## What the fix changes
Nothing by itself: the limit stands in the job's script or in the container's settings. Where the
launch says how many data loading workers there are, half as many is the second choice.

## Fix safety
Safe: fewer workers load the same data, more slowly.
"""

from __future__ import annotations

from propel_helper.facts.crash import Crash
from propel_helper.facts.finding import Category, Explanation
from propel_helper.facts.surroundings import Surroundings
from propel_helper.rules import Rule, memory_limits, workers
from propel_helper.rules.said import line_of, said
from propel_helper.rules.steps import guide
from propel_helper.rules.words import first_line

_RAISE = guide(
    "raise-memory-limit",
    "Ask for more memory",
    "Ask for more memory for the job (Slurm: `#SBATCH --mem=...`), or hold less: fewer workers, fewer "
    "ranks that load everything.",
)


def explain(crash: Crash, surroundings: Surroundings) -> Explanation | None:
    """Claim the words of whoever set the limit."""
    found = said(crash, memory_limits.WORDS)
    if found is None:
        return None
    return Explanation(
        error="a job over its memory limit",
        because=f"the system that runs the job ended it for its memory: {first_line(line_of(found))}",
        fixes=(_RAISE, *workers.fewer(surroundings)),
    )


RULE = Rule("job-memory-limit", Category.OOM, ("exit", "OutOfMemoryError"), explain)
