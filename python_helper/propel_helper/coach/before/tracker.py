"""Whether the run is to be tracked: wandb, TensorBoard or another one."""

from __future__ import annotations

from propel_helper.coach.setup import Setup
from propel_helper.facts.prompt import Prompt


def prompt(setup: Setup) -> Prompt | None:
    """Asks unless the command, the config or the code speaks of a tracker."""
    if "tracker" in setup.answered or "tracker" in setup.values or "tracker" in setup.traits:
        return None
    return Prompt(
        "tracker",
        "Neither the command nor the code logs to wandb or TensorBoard. Is the log alone enough?",
    )
