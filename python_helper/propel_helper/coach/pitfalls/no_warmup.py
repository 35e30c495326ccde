"""No warmup: the first step already has the whole learning rate.

Adam's estimates of the variance rest on few gradients then (https://arxiv.org/abs/1908.03265).
"""

from __future__ import annotations

from propel_helper.coach.setup import Setup
from propel_helper.facts.prompt import Prompt


def prompt(setup: Setup) -> Prompt | None:
    """Speaks when Adam is used, the learning rate is known and nothing speaks of a warmup."""
    value, warmup = setup.values.get("lr"), setup.values.get("warmup")
    rate = value.number if value is not None else None
    if value is None or rate is None or rate <= 0 or "adam" not in setup.traits:
        return None
    if warmup is not None and (warmup.number or 0) > 0:
        return None
    if warmup is None and "warmup" in setup.traits:
        return None
    place = warmup if warmup is not None else value
    said = f"Warmup is off ({warmup.shown})" if warmup is not None else "No warmup was found"
    return Prompt(
        "no-warmup",
        f"{said}: the first step already has the learning rate {rate:g} ({value.shown}). With Adam "
        "the loss may jump in the first 100 steps.",
        {"lr": rate},
        place.file,
        place.line,
    )
