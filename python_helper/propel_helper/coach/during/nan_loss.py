"""The loss is no number any more (NaN or infinite).

Training that goes on from there is lost time:
weights that are NaN stay so. In half precision the usual cause is a number beyond what 16 bits
hold (fp16 ends at 65504); with a loss scaler a single skipped step is normal and the loss returns.
"""

from __future__ import annotations

import math

from propel_helper.coach.course import Course
from propel_helper.coach.wording import count
from propel_helper.facts.prompt import Prompt

_EARLY = 100
"""Steps that count as the first ones."""


def prompt(course: Course) -> Prompt | None:
    """Speaks when a loss was no number, unless it came back for good."""
    bad = [index for index, value in enumerate(course.losses) if not math.isfinite(value)]
    if not bad:
        return None
    first, last = bad[0], bad[-1]
    since = len(course.losses) - 1 - last
    if since > 10 and since > 10 * len(bad):
        return None
    step = course.steps[first]
    early = ", within the first 100 steps" if step <= _EARLY else ""
    now = "It still is" if since == 0 else f"It was a number again {count(since)} reports later"
    why = (
        f" The run uses {course.precision}: a value beyond its range is the first thing to look for."
        if course.precision in ("fp16", "bf16", "amp")
        else ""
    )
    before = next((v for v in reversed(course.losses[:first]) if math.isfinite(v)), None)
    was = f" (it was {before:.4g} before)" if before is not None else ""
    evidence: dict[str, float | str] = {
        "step": step,
        "value": "nan" if math.isnan(course.losses[first]) else "inf",
        "reports": len(bad),
        "last_step": course.steps[-1],
    }
    if before is not None:
        evidence["before"] = before
    return Prompt(
        "nan-loss",
        f"The loss became {evidence['value']} at step {count(step)}{early}{was}. {now}, at step "
        f"{count(course.steps[-1])}.{why}",
        evidence,
    )
