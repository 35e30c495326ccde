"""Which metric decides, and from which value on the run has done what it was for."""

from __future__ import annotations

from propel_helper.coach.setup import Setup
from propel_helper.facts.prompt import Prompt


def prompt(setup: Setup) -> Prompt | None:
    """Asks unless the code, the config or a person has named one."""
    if (
        "target-metric" in setup.answered
        or "target" in setup.values
        or "early_stopping" in setup.traits
    ):
        return None
    return Prompt(
        "target-metric",
        "Which metric do you want this run to reach, and which value (for example val_loss < 0.5)?",
    )
