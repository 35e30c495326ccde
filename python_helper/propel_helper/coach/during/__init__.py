"""Prompts of a check-in: each looks at a ``Course`` and speaks only when that gives a reason to."""

from __future__ import annotations

import sys

from propel_helper.coach import found
from propel_helper.coach.course import Course
from propel_helper.facts.prompt import Prompt


def prompts(course: Course) -> tuple[Prompt, ...]:
    """Everything that this run gives a reason to say."""
    said = (prompt(course) for prompt in found(sys.modules[__name__]))
    return tuple(one for one in said if one is not None)
