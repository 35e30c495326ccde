"""cloud-credentials-missing: the run has no credentials for the store that it reads or writes.

## What happened
Data or checkpoints lie in a cloud's object store, and its client found no credentials, or old ones.

## Why it happens
A login or a role of one machine is not there on another, a token ran out, or the variables and files
with the keys are not in the run's environment.

## What the fix changes
Nothing: whose credentials may be used is yours to say.

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

# botocore/exceptions.py; google/auth/_default.py; azure-identity.
_WORDS = Wording(
    r"Unable to locate credentials|Partial credentials found in|Token has expired and refresh failed"
    r"|The (?:provided|security) token (?:has expired|included in the request is (?:invalid|expired))"
    r"|Your default credentials were not found|Could not automatically determine credentials"
    r"|DefaultAzureCredential failed to retrieve a token"
)


def explain(crash: Crash, _surroundings: Surroundings) -> Explanation | None:
    """Claim the wordings above."""
    found = said(crash, _WORDS)
    if found is None:
        return None
    return Explanation(
        error="missing cloud credentials",
        because=f"the store's client said {code(first_line(line_of(found)))}",
        fixes=(
            guide(
                "log-in-to-cloud",
                "Log in to the cloud",
                "Log in with the cloud's own command in the run's session (`aws configure`, `gcloud auth "
                "application-default login`, `az login`), or let the variables that it reads be set "
                "where the run starts.",
            ),
        ),
    )


RULE = Rule("cloud-credentials-missing", Category.ENVIRONMENT, ("exception",), explain)
