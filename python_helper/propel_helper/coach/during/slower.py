"""The run is slower than it was itself.

A neighbour on the same disk, cores or GPU, a GPU that is
hot and slows down, or data that takes longer to load may be the cause. Compared are medians of the rates that the
log reports; the first reports (compilation, caches) are left out.
"""

from __future__ import annotations

from statistics import median

from propel_helper.coach.course import Course
from propel_helper.coach.wording import count
from propel_helper.facts.prompt import Prompt

_FEWEST = 20
_SLOWER = 0.7
"""Part of its former speed below which it is said."""


def prompt(course: Course) -> Prompt | None:
    """Speaks when the last tenth of the rates is a third below those before."""
    rates = [rate for rate in course.rates if rate > 0]
    if len(rates) < _FEWEST or not course.running:
        return None
    recent = max(5, len(rates) // 10)
    settled = rates[len(rates) // 20 + 1 : -recent]
    before, now = median(settled), median(rates[-recent:])
    if now >= _SLOWER * before:
        return None
    return Prompt(
        "slower",
        f"It runs at {now:.3g} steps/s now; before, it ran at {before:.3g} ({100 * now / before:.0f}% "
        f"of that, median of the last {recent} reports, up to step {count(course.rate_steps[-1])}). "
        "Does something else use its GPU, its cores or its disk?",
        {"now": now, "before": before, "reports": recent},
    )
