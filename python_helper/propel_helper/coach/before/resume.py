"""From which checkpoint the run goes on, when there are some."""

from __future__ import annotations

from propel_helper.coach.setup import Setup
from propel_helper.facts.prompt import Prompt

_RESUME = (
    "resume_from_checkpoint",
    "resume",
    "ckpt_path",
    "resume_from",
    "checkpoint",
    "ckpt",
    "load",
    "init_from",
)


def prompt(setup: Setup) -> Prompt | None:
    """Asks when checkpoints stand in the project and the command names none."""
    if not setup.checkpoints or "resume" in setup.answered or "resume" in setup.values:
        return None
    plain = {name.lstrip("-").replace("-", "_"): name for name in setup.options}
    option = next((plain[name] for name in _RESUME if name in plain), None)
    how = f" (`{option}`)" if option else ""
    evidence = {"checkpoint": setup.checkpoints[0], **({"option": option} if option else {})}
    return Prompt(
        "resume",
        f"There are checkpoints here, the newest is {setup.checkpoints[0]}. Resume from it{how}, or start anew?",
        evidence,
    )
