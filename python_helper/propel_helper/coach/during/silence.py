"""The run has printed nothing for much longer than usual.

It may be evaluating or writing a
checkpoint, its output may be held back in a buffer (a pipe without ``python -u``), its data may
have stopped coming, or a rank may wait for another one for ever.
"""

from __future__ import annotations

from propel_helper.coach.course import Course
from propel_helper.coach.wording import duration
from propel_helper.facts.prompt import Prompt

_TIMES = 10.0
LEAST_S = 20.0
"""Seconds; no shorter silence is worth a word."""
_UNKNOWN_S = 600.0
"""Seconds of silence of a run that has reported no progress yet."""


def prompt(course: Course) -> Prompt | None:
    """Speaks when the silence is ten times the usual gap between two reports."""
    silent, gap = course.silent_s, course.gap_s
    if not course.running or silent is None:
        return None
    if silent < limit_s(gap):
        return None
    usual = ""
    evidence: dict[str, float | str] = {"silent_s": silent}
    if gap is not None:
        evidence["usual_s"] = gap
        usual = (
            f"; it used to report every {gap:.2g} s"
            if gap < 120
            else f"; it used to report every {duration(gap)}"
        )
    return Prompt(
        "silence",
        f"It has printed nothing for {duration(silent)}{usual}. It may be evaluating or saving, its "
        "output may be held in a buffer, or it hangs: a data loader or another rank that never "
        'answers. "Why Is It Stuck?" (propel-helper stuck) shows where each process stands.',
        evidence,
    )


def limit_s(gap_s: float | None) -> float:
    """Seconds of silence after which it is said. ``gap_s``: as in ``Course``."""
    return _UNKNOWN_S if gap_s is None else max(LEAST_S, _TIMES * gap_s)
