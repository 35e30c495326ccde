"""The run holds a GPU and does not use it: it waits for data, for another rank, or has not begun."""

from __future__ import annotations

from propel_helper.coach.course import Course
from propel_helper.facts.prompt import Prompt


def prompt(course: Course) -> Prompt | None:
    """Speaks when a GPU whose memory the run holds was idle each time it was looked at."""
    if not course.running or not course.idle_gpus:
        return None
    names = ", ".join(str(index) for index in course.idle_gpus)
    return Prompt(
        "gpu-idle",
        f"The run holds GPU {names} and does not use it just now. Does it wait for its data?",
        {"gpus": names},
    )
