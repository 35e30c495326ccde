"""circular-import: two modules import each other before either is ready.

## What happened
A name was imported from a module that was itself still being imported.

## Why it happens
Two files import each other at their top, a file has the name of the package that it imports, or
a compiled part of the package was never built, so that its own name leads back to itself.

## What the fix changes
Nothing by itself: which import has to move is a question of the code.

## Fix safety
There is nothing to apply.
"""

from __future__ import annotations

from propel_helper.facts.crash import Crash
from propel_helper.facts.finding import Category, Explanation
from propel_helper.facts.surroundings import Surroundings
from propel_helper.facts.wording import Wording
from propel_helper.rules import Rule, shadows
from propel_helper.rules.said import said
from propel_helper.rules.steps import guide
from propel_helper.rules.words import code

# CPython's _handle_fromlist and ceval import_from.
_WORDS = Wording(
    r"from partially initialized module '(?P<name>[\w.]+)'"
    r"|partially initialized module '(?P<other>[\w.]+)' has no attribute"
)


def explain(crash: Crash, surroundings: Surroundings) -> Explanation | None:
    """Claim the wordings above."""
    found = said(crash, _WORDS)
    if found is None or shadows.hiding(crash, surroundings) is not None:
        return None
    return Explanation(
        error="a circular import",
        because=(
            f"{code(found['name'] or found['other'])} was still being imported when a name was taken from it"
        ),
        fixes=(
            guide(
                "break-the-circle",
                "Break the circle",
                "Look at the file that the message names: build its compiled part if it has one, rename it if a package has its name, or move one of the two imports into the function that needs it.",
            ),
        ),
    )


RULE = Rule("circular-import", Category.DEPENDENCY, ("exception",), explain)
