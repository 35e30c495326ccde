"""pip-failed: pip could not install a package.

## What happened
The run installs packages before it trains, and pip gave up.

## Why it happens
There is no such package or version for this Python, it has to be compiled and the tools for
that are missing, or its build does not see what is installed.

## What the fix changes
Nothing by itself.

## Fix safety
There is nothing to apply.
"""

from __future__ import annotations

from propel_helper.facts.crash import Crash
from propel_helper.facts.finding import Category, Explanation
from propel_helper.facts.surroundings import Surroundings
from propel_helper.facts.wording import Wording
from propel_helper.rules import Rule
from propel_helper.rules.said import line_of, said
from propel_helper.rules.steps import guide
from propel_helper.rules.words import code, first_line

# pip's resolver and build messages.
_WORDS = Wording(
    r"Could not find a version that satisfies the requirement"
    r"|No matching distribution found for"
    r"|metadata-generation-failed"
    r"|subprocess-exited-with-error"
    r"|Failed building wheel for"
    r"|invalid command 'bdist_wheel'"
    r"|ResolutionImpossible"
    r"|requires a different Python"
)


def explain(crash: Crash, _surroundings: Surroundings) -> Explanation | None:
    """Claim the wordings above."""
    found = said(crash, _WORDS)
    if found is None:
        return None
    return Explanation(
        error="a package that pip can't install",
        because=f"it stopped with {code(first_line(line_of(found)))}",
        fixes=(
            guide(
                "choose-installable",
                "Choose what can be installed",
                "Look at the lines above: choose a version that exists for this Python, or one with a ready-made wheel for this system.",
            ),
        ),
    )


RULE = Rule("pip-failed", Category.DEPENDENCY, ("exit", "shell"), explain)
