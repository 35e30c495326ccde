"""The loss has stopped falling: over a quarter of the run or more it stays where it is.

The losses of the run are gathered into blocks, whose medians are compared: one batch's luck moves
a median little. The stretch is the longest one up to now along which a line through them
neither falls nor rises by more than a hundredth, or by no more than its own doubt. Whether that is the end or a rest is for a person to say.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise
from statistics import fmean, median

from propel_helper.coach.course import Course
from propel_helper.coach.wording import count
from propel_helper.facts.prompt import Prompt

_FEWEST = 24
"""Losses below which nothing is said."""
_BLOCKS = 24
_SHARE = 0.25
"""Part of the run that a plateau is at least."""
_UNSEEN = 0.05
"""Change, with the doubt about it, that a noisy loss may have and still be called flat."""
_FLAT = 0.01
"""Change of the level, as a part of it, that counts as none."""


def prompt(course: Course) -> Prompt | None:
    """Speaks when the last quarter of the losses, or more, is flat."""
    pairs = [(s, v) for s, v in zip(course.steps, course.losses, strict=True) if math.isfinite(v)]
    if len(pairs) < _FEWEST or not math.isfinite(course.losses[-1]):
        return None
    size = len(pairs) / _BLOCKS
    edges = [round(size * index) for index in range(_BLOCKS + 1)]
    values = [value for _, value in pairs]
    levels = [median(values[a:b]) for a, b in pairwise(edges)]
    begin = _flat_since(levels)
    if _BLOCKS - begin < _SHARE * _BLOCKS:
        return None
    stretch = pairs[edges[begin] :]
    half = len(stretch) // 2
    first = fmean(value for _, value in stretch[:half])
    second = fmean(value for _, value in stretch[half:])
    low, high = min(levels[begin:]), max(levels[begin:])
    steps = stretch[-1][0] - stretch[0][0]
    if steps <= 0:
        return None
    return Prompt(
        "plateau",
        f"The loss is on a plateau over the last {count(steps)} steps: it stays between {low:.4g} "
        f"and {high:.4g} (step {count(stretch[0][0])} to {count(stretch[-1][0])}; mean {first:.4g} "
        f"in the first half of them, {second:.4g} in the second). Is there more to come from this "
        "run?",
        {
            "steps": steps,
            "from_step": stretch[0][0],
            "to_step": stretch[-1][0],
            "lowest": low,
            "highest": high,
            "mean_first_half": first,
            "mean_second_half": second,
            "points": len(stretch),
        },
    )


def _flat_since(levels: Sequence[float]) -> int:
    """Index of the first block of the longest stretch at the end that is flat."""
    whole = max(levels) - min(levels)
    for begin in range(len(levels) - 4):
        part = levels[begin:]
        change, doubt = _trend(part)
        level = abs(fmean(part))
        none = max(_FLAT * level, 0.01 * whole)
        unseen = abs(change) <= 1.5 * doubt and abs(change) + doubt <= _UNSEEN * level
        if (abs(change) <= none or unseen) and max(part) - min(part) <= 5 * max(none, doubt):
            return begin
    return len(levels)


def _trend(levels: Sequence[float]) -> tuple[float, float]:
    """Change from the first to the last of ``levels`` on a straight line, and its standard error."""
    many = len(levels)
    middle, level = (many - 1) / 2, fmean(levels)
    spread = sum((index - middle) ** 2 for index in range(many))
    slope = sum((i - middle) * (value - level) for i, value in enumerate(levels)) / spread
    rest = sum((v - level - slope * (i - middle)) ** 2 for i, v in enumerate(levels))
    return slope * (many - 1), math.sqrt(rest / (many - 2) / spread) * (many - 1)
