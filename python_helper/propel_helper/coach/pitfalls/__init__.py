"""What is worth a look before a command runs: each speaks only with the numbers that it found."""

from __future__ import annotations

import sys

from propel_helper.coach import found
from propel_helper.coach.setup import Setup
from propel_helper.facts.prompt import Prompt


def prompts(setup: Setup) -> tuple[Prompt, ...]:
    """Everything that this command gives a reason to say."""
    said = (prompt(setup) for prompt in found(sys.modules[__name__]))
    return tuple(one for one in said if one is not None)
