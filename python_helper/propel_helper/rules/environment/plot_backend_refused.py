"""plot-backend-refused: Matplotlib does not know the backend that `MPLBACKEND` names.

## What happened
Matplotlib was imported, took its backend from the environment variable `MPLBACKEND`, and does not
know one of that name.

## Why it happens
The variable was set by a notebook, an IDE or a shell's start file, for what draws in a window or a
page there, and the run has inherited it.

## What the fix changes
Nothing by itself: the variable is unset, or set to `Agg`, which draws into files.

## Fix safety
There is nothing to apply.
"""

from __future__ import annotations

from propel_helper.facts.crash import Crash
from propel_helper.facts.finding import Category, Explanation
from propel_helper.facts.surroundings import Surroundings
from propel_helper.facts.wording import Wording
from propel_helper.rules import Rule
from propel_helper.rules.steps import guide
from propel_helper.rules.words import code

# matplotlib/__init__.py; rcsetup.py's validate_backend and ValidateInStrings.
_WORDS = Wording(r"Key backend: (?P<quote>['\"])(?P<name>[^'\"]+?)(?P=quote) is not a valid value")


def explain(crash: Crash, _surroundings: Surroundings) -> Explanation | None:
    """Claim a backend that the variable names; one that the code names is the code's."""
    found = _WORDS.search(crash.message)
    from_variable = any("MPLBACKEND" in (one.code or "") for one in crash.frames)
    if found is None or not from_variable:
        return None
    return Explanation(
        error="a Matplotlib backend that is not there",
        because=f"the environment variable `MPLBACKEND` names {code(found['name'])}, which this Matplotlib "
        "does not know",
        fixes=(
            guide(
                "name-another-backend",
                "Name another backend",
                "Unset the variable where the run starts (`unset MPLBACKEND`), or put `MPLBACKEND=Agg` before "
                "the command, which draws into files.",
            ),
        ),
    )


RULE = Rule("plot-backend-refused", Category.ENVIRONMENT, ("ValueError",), explain)
