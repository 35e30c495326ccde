"""impossible-allocation: a size was asked for that no machine has.

## What happened
PyTorch was asked for more than an exabyte of GPU memory and refused before it asked the driver.

## Why it happens
A size was computed wrongly: a negative or overflowing number, or one read from memory that an earlier
error had broken. After an NCCL timeout it can be an echo: look at the first error of the log.

## What the fix changes
Nothing: the computation of the size is the code's own.

## Fix safety
There is no fix: this is a logic change.
"""

from __future__ import annotations

from propel_helper.facts.crash import Crash
from propel_helper.facts.finding import Category, Explanation
from propel_helper.facts.surroundings import Surroundings
from propel_helper.facts.wording import Wording
from propel_helper.rules import Rule

# c10/cuda/CUDACachingAllocator.cpp (kOneEB), 1.9 to 2.13.
_WORDS = Wording(r"out of memory\. Tried to allocate more than 1EB")


def explain(crash: Crash, _surroundings: Surroundings) -> Explanation | None:
    """Claim the wording above."""
    if _WORDS.search(crash.message) is None:
        return None
    return Explanation(
        error="an allocation that no machine could make",
        because="more than an exabyte was asked for at once, so the size itself was computed wrongly",
    )


RULE = Rule(
    "impossible-allocation",
    Category.LOGIC,
    ("RuntimeError", "OutOfMemoryError", "AcceleratorError"),
    explain,
)
