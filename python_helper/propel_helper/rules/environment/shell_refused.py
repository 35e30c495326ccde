"""shell-refused: the shell stopped at a line of the launch.

## What happened
The shell that runs the launch, or one of its commands, printed an error in its own form, and no
program of the project did.

## Why it happens
The script is written for another shell or another machine, or a line of it has a slip.

## What the fix changes
Nothing by itself.

## Fix safety
There is nothing to apply.
"""

from __future__ import annotations

from propel_helper.facts.crash import Crash
from propel_helper.facts.finding import Category, Explanation
from propel_helper.facts.surroundings import Surroundings
from propel_helper.rules import Rule
from propel_helper.rules.steps import guide
from propel_helper.rules.words import code, first_line


def explain(crash: Crash, _surroundings: Surroundings) -> Explanation | None:
    """Claim what only a shell prints."""
    return Explanation(
        error="an error of the shell",
        because=f"it said {code(first_line(crash.message))}",
        fixes=(
            guide(
                "look-at-the-line",
                "Look at that line",
                "Run the line that the message names by itself, in the shell that the launch uses, "
                "and correct it there.",
            ),
        ),
    )


RULE = Rule("shell-refused", Category.ENVIRONMENT, ("shell",), explain, last=True)
