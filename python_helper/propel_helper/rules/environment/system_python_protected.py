"""system-python-protected: the system's own Python does not take packages.

## What happened
pip refused to install into the Python of the operating system.

## Why it happens
Debian, Ubuntu and others protect it (PEP 668): packages belong in a virtual environment.

## What the fix changes
Nothing by itself: an environment has to be made, and chosen in the command.

## Fix safety
There is nothing to apply.
"""

from __future__ import annotations

from propel_helper.facts.crash import Crash
from propel_helper.facts.finding import Category, Explanation
from propel_helper.facts.surroundings import Surroundings
from propel_helper.facts.wording import Wording
from propel_helper.rules import Rule
from propel_helper.rules.said import said
from propel_helper.rules.steps import guide

# pip's externally-managed error.
_WORDS = Wording(r"externally[- ]managed")


def explain(crash: Crash, _surroundings: Surroundings) -> Explanation | None:
    """Claim the wordings above."""
    found = said(crash, _WORDS)
    if found is None:
        return None
    return Explanation(
        error="a protected system Python",
        because="pip does not install into the operating system's own Python",
        fixes=(
            guide(
                "make-environment",
                "Make a virtual environment",
                "`python3 -m venv .venv`, install the project there with `.venv/bin/python -m pip install -r requirements.txt`, and start the run with `.venv/bin/python`.",
            ),
        ),
    )


RULE = Rule("system-python-protected", Category.ENVIRONMENT, ("exit", "shell"), explain)
