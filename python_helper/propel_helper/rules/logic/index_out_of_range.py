"""index-out-of-range: an index or a label is out of range.

## What happened
Something was looked up by a number that is too large, or negative.

## Why it happens
A label is not below the number of classes, a token is not in the vocabulary, a list is shorter
than the code expects.

## What the fix changes
Nothing: this is part of what the training means, and only you can say what is right.

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

# ATen, NumPy, TensorFlow and CPython.
_WORDS = Wording(
    r"index out of range in self"
    r"|Target -?\d+ is out of bounds"
    r"|index -?\d+ is out of bounds for (?:dimension|axis)"
    r"|indices\[[\d, ]+\] = -?\d+ is not in \["
    r"|Received a label value of -?\d+ which is outside the valid range"
    r"|(?:list|tuple|string|pop)? ?index out of range"
)


def explain(crash: Crash, _surroundings: Surroundings) -> Explanation | None:
    """Claim the wordings above."""
    found = _WORDS.search(crash.message)
    if found is None:
        return None
    return Explanation(
        error="an index that is out of range",
        because=(
            "a number that something is looked up by is too large for it, or negative "
            f"({code(first_line(line_of(found)))})"
        ),
    )


RULE = Rule("index-out-of-range", Category.LOGIC, ("exception",), explain)
