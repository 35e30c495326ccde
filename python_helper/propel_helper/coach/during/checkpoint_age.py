"""The last checkpoint is old: what was trained since then is lost when the run ends now.

Counted are the files that the run wrote itself, by when they were last written. A run that has
written several is measured against its own pace, one that has written one or none against half
an hour.
"""

from __future__ import annotations

from itertools import pairwise
from statistics import median

from propel_helper.coach.course import Course
from propel_helper.coach.wording import duration
from propel_helper.facts.prompt import Prompt

_LONG_S = 1800.0
_TIMES = 3.0
_LEAST_S = 60.0


def prompt(course: Course) -> Prompt | None:
    """Speaks when what would be lost is more than usual."""
    if not course.running:
        return None
    if not course.checkpoints:
        return _none(course)
    newest = course.checkpoints[0]
    gaps = [older.age_s - newer.age_s for newer, older in pairwise(course.checkpoints)]
    gaps = [gap for gap in gaps if gap > 1]
    usual = median(gaps) if gaps else None
    if newest.age_s < (max(_LEAST_S, _TIMES * usual) if usual else _LONG_S):
        return None
    pace = f" It used to write one every {duration(usual)}." if usual else ""
    evidence: dict[str, float | str] = {"file": newest.file, "age_s": newest.age_s}
    if usual:
        evidence["usual_s"] = usual
    return Prompt(
        "checkpoint-age",
        f"The last checkpoint is {duration(newest.age_s)} old ({newest.file}).{pace} What was "
        "trained since then is lost if the run ends now.",
        evidence,
    )


def _none(course: Course) -> Prompt | None:
    if course.elapsed_s < _LONG_S or not course.losses:
        return None
    older = course.older_checkpoint
    there = f" The newest there, {older.file}, is from before this run." if older else ""
    return Prompt(
        "checkpoint-age",
        f"No checkpoint was written in the {duration(course.elapsed_s)} since the run began.{there} "
        "Does it save any?",
        {"elapsed_s": course.elapsed_s},
    )
