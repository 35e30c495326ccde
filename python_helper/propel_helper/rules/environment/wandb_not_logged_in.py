"""wandb-not-logged-in: Weights & Biases wants a login and has none.

## What happened
wandb was asked to record the run and knows no key, and without a terminal it can't ask for one.

## Why it happens
`wandb login` was never run for this user on this machine, or the key is in another home folder.

## What the fix changes
Nothing by itself: a login is yours, and tracking is never turned off silently.

## Fix safety
There is nothing to apply. A key is never written into a file.
"""

from __future__ import annotations

from propel_helper.facts.crash import Crash
from propel_helper.facts.finding import Category, Explanation
from propel_helper.facts.surroundings import Surroundings
from propel_helper.facts.wording import Wording
from propel_helper.rules import Rule
from propel_helper.rules.said import said
from propel_helper.rules.steps import guide

# wandb/sdk/wandb_login.py and lib/apikey.py, 0.12 to 0.31.
_WORDS = Wording(
    r"api_key not configured"
    r"|No API key configured"
    r"|API key must be 40 characters long"
    r"|wandb: ERROR (?:api_key|It looks like|API key)"
    r"|user is not logged in"
    r"|permission denied .*wandb|wandb.*(?:401|[Pp]ermission denied to access)"
    r"|invalid API key"
)


def explain(crash: Crash, _surroundings: Surroundings) -> Explanation | None:
    """Claim the wordings above."""
    found = said(crash, _WORDS)
    if found is None:
        return None
    return Explanation(
        error="a missing wandb login",
        because="wandb knows no key for this user, and there is no terminal to ask for one",
        fixes=(
            guide(
                "log-in-to-wandb",
                "Log in to wandb",
                "Run `wandb login` in the run's session (or set `WANDB_API_KEY` there). To record locally and upload later, put `WANDB_MODE=offline` before the command.",
            ),
        ),
    )


RULE = Rule("wandb-not-logged-in", Category.ENVIRONMENT, ("exception",), explain)
