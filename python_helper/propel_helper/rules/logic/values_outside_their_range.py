"""values-outside-their-range: a loss was given numbers that it is not made for.

## What happened
A loss takes numbers between 0 and 1 only, and was given others.

## Why it happens
The model's outputs are no probabilities yet (a sigmoid is missing, or the loss that has it built in is
meant), or the labels are no probabilities, or the outputs are NaN.

## What the fix changes
Nothing: which loss is right, and what goes into it, is part of what the training means.

## Fix safety
There is no fix: this is a logic change.
"""

from __future__ import annotations

from propel_helper.facts.crash import Crash
from propel_helper.facts.finding import Category, Explanation
from propel_helper.facts.surroundings import Surroundings
from propel_helper.facts.wording import Wording
from propel_helper.rules import Rule
from propel_helper.rules.said import line_of
from propel_helper.rules.words import code, first_line

# ATen's native/Loss.cpp.
_WORDS = Wording(r"all elements of (?:input|target) should be between 0 and 1")


def explain(crash: Crash, _surroundings: Surroundings) -> Explanation | None:
    """Claim the wording above."""
    found = _WORDS.search(crash.message)
    if found is None:
        return None
    return Explanation(
        error="numbers that the loss is not made for",
        because=f"it takes numbers between 0 and 1 only ({code(first_line(line_of(found)))})",
    )


RULE = Rule("values-outside-their-range", Category.LOGIC, ("exception",), explain)
