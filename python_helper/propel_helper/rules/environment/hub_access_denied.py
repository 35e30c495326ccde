"""hub-access-denied: a model hub refused access.

## What happened
A model or dataset was asked for on a hub, and the hub wants a login, an accepted licence, or
knows no such repository.

## Why it happens
No token is set, the licence was not accepted on the web page, or the name is misspelt: the hub
gives the same answer then.

## What the fix changes
Nothing by itself: a login and a licence are yours.

## Fix safety
There is nothing to apply. A token is never written into a file.
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

# huggingface_hub/utils/_http.py and transformers/utils/hub.py.
_WORDS = Wording(
    r"gated repo"
    r"|(?:401|403) Client Error"
    r"|Repository Not Found for url"
    r"|Invalid (?:user token|username or password|credentials in Authorization)"
    r"|Your request to access model .* is awaiting"
    r"|403 Forbidden: "
    r"|(?:must|need to|have to) be (?:authenticated|logged in)"
    r"|Token is required \("
    r"|LocalTokenNotFoundError"
    r"|Please (?:log in|login)(?: |\.)"
)


def explain(crash: Crash, _surroundings: Surroundings) -> Explanation | None:
    """Claim the wordings above."""
    found = said(crash, _WORDS)
    if found is None:
        return None
    return Explanation(
        error="a hub that refused access",
        because=f"it stopped with {code(first_line(line_of(found)))}",
        fixes=(
            guide(
                "log-in-to-hub",
                "Log in to the hub",
                "Check the repository's name first. Then run `hf auth login` in the run's session, and accept the licence on the repository's web page if it has one.",
            ),
        ),
    )


RULE = Rule("hub-access-denied", Category.ENVIRONMENT, ("exception",), explain)
