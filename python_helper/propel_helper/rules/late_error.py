"""CUDA errors that are reported at a later call than the one that caused them."""

from __future__ import annotations

from propel_helper.facts.finding import Fix, Safety
from propel_helper.facts.surroundings import Surroundings
from propel_helper.rules import launch_changes
from propel_helper.rules.steps import guide
from propel_helper.rules.words import code

_SETTING = "CUDA_LAUNCH_BLOCKING"


def is_exact(surroundings: Surroundings) -> bool:
    """Whether the command already makes every CUDA call wait for its result."""
    return f"{_SETTING}=1" in (surroundings.command or "")


def how_late(surroundings: Surroundings) -> str:
    """What the line shown is worth, as the end of a sentence."""
    if is_exact(surroundings):
        return f"{code(_SETTING + '=1')} was set, so the line is the call that failed"
    return (
        "CUDA reports this late, so the line is where it was noticed and may stand below its cause"
    )


def to_see_it(surroundings: Surroundings, more: str = "") -> tuple[Fix, ...]:
    """How to find the call that failed: a step, and a rerun that can be looked at and said yes to.

    ``more``: what else to look at, a sentence.
    """
    if is_exact(surroundings):
        text = more or "The traceback ends in the call that failed: look at what it was given."
        return (guide("look-at-the-call", "Look at the call that failed", text),)
    told = guide(
        "see-where-it-happens",
        "See where it happens",
        f"Run it once with {code(_SETTING + '=1')} in front of the command (slower): the traceback "
        f"then ends in the call that failed. {more}".strip(),
    )
    rerun = launch_changes.with_variable(surroundings.command, _SETTING, "1")
    if rerun is None:
        return (told,)
    by = (
        f"running it again with {code(_SETTING + '=1')}, which mends nothing but makes the "
        "traceback end in the call that failed (slower)"
    )
    return (told, Fix("run-blocking", "Run again to see where", by, Safety.ASK, (rerun,)))
