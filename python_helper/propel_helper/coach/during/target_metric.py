"""The metric that a person named before the launch: whether it has reached its value."""

from __future__ import annotations

from propel_helper.coach.course import Course
from propel_helper.coach.wording import count
from propel_helper.facts.prompt import Prompt


def prompt(course: Course) -> Prompt | None:
    """Speaks when the target was reached."""
    target = course.target
    if target is None or target.reached_at is None:
        return None
    return Prompt(
        "target-reached",
        f"The target is reached: {target.metric} was {target.best:.5g} at step "
        f"{count(target.reached_at)}, and {target.metric} {target.way} {target.value:g} was asked for.",
        {
            "metric": target.metric,
            "target": target.value,
            "step": target.reached_at,
            "value": target.best,
        },
    )
