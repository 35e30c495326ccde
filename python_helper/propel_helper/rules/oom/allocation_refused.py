"""allocation-refused: memory could not be allocated.

## What happened
A library asked for memory and did not get it.

## Why it happens
What the run needs at once is more than the device or the machine has left.

## What the fix changes
Nothing by itself.

## Fix safety
There is nothing to apply.
"""

from __future__ import annotations

from propel_helper.facts.crash import Crash
from propel_helper.facts.finding import Category, Explanation
from propel_helper.facts.surroundings import Surroundings
from propel_helper.rules import Rule, families
from propel_helper.rules.steps import guide
from propel_helper.rules.words import code, first_line

_TYPES = ("MemoryError", "OutOfMemoryError", "ResourceExhaustedError", "OutOfMemory")


def explain(crash: Crash, _surroundings: Surroundings) -> Explanation | None:
    """Claim types that speak of nothing but memory."""
    return Explanation(
        error="memory that could not be allocated",
        because=f"it stopped with {code(first_line(crash.message) or families.type_name(crash))}",
        fixes=(
            guide(
                "need-less-memory",
                "Need less memory at once",
                "Look at what holds memory (`nvidia-smi`, `free -h`), end what is not needed, or "
                "let the run hold less at once.",
            ),
        ),
    )


RULE = Rule("allocation-refused", Category.OOM, _TYPES, explain, last=True)
