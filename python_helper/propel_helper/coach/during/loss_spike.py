"""The loss jumped to several times what it was.

In the first steps that often means a learning rate
that starts too high (no warmup) or 16-bit numbers that overflow; later, a batch that is unlike the
others. Whether it came back is said with it.
"""

from __future__ import annotations

import math
from statistics import median

from propel_helper.coach.course import Course
from propel_helper.coach.wording import count
from propel_helper.facts.prompt import Prompt

_BEFORE = 20
"""Losses that the jump is measured against."""
_TIMES = 3.0
_SPREADS = 12.0
_EARLY = 100


def prompt(course: Course) -> Prompt | None:
    """Speaks of the highest jump in the first steps, or of one that has not come back."""
    pairs = [(s, v) for s, v in zip(course.steps, course.losses, strict=True) if math.isfinite(v)]
    best: tuple[float, int, float] | None = None
    for index in range(5, len(pairs)):
        step, value = pairs[index]
        late = index < len(pairs) - 10
        if step > _EARLY and index > _EARLY and late:
            continue
        before = [v for _, v in pairs[max(0, index - _BEFORE) : index]]
        level = median(before)
        spread = median(abs(v - level) for v in before)
        jump = value - level
        if level > 0 and value > _TIMES * level and jump > _SPREADS * spread:
            times = value / level
            if best is None or times > best[0]:
                best = (times, index, level)
    if best is None:
        return None
    times, index, level = best
    step, value = pairs[index]
    latest = pairs[-1][1]
    back = "it has come back to" if latest < 1.5 * level else "it is now at"
    early = ", in the first 100 steps" if step <= _EARLY else ""
    return Prompt(
        "loss-spike",
        f"The loss jumped to {value:.4g} at step {count(step)}{early}: {times:.1f} times the "
        f"{level:.4g} before; {back} {latest:.4g} at step {count(pairs[-1][0])}.",
        {"step": step, "value": value, "before": level, "times": times, "latest": latest},
    )
