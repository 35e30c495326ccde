"""wandb-access-denied: wandb refused this user's run.

## What happened
The run was to be recorded by wandb, and its server answered that this user may not do that.

## Why it happens
The entity or project named in the code belongs to a team that the key's owner is not in, the key is
of another server, or the run's name was deleted before.

## What the fix changes
Nothing by itself: which account is meant is yours to say.

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

# wandb/sdk/wandb_init.py and core's upsertBucket, 0.15 to 0.31.
_WORDS = Wording(
    r"returned error 40[34]: .*upsertBucket|Error uploading run: returned error 40[34]"
    r"|Error while calling W&B API: (?:permission denied|entity|project not found)"
    r"|It appears that you do not have permission to access the requested resource"
    r"|was previously created and deleted; try a new run name"
    r"|^Could not find (?:project|run) \S*/"
)


def explain(crash: Crash, _surroundings: Surroundings) -> Explanation | None:
    """Claim the wordings above."""
    found = said(crash, _WORDS)
    if found is None:
        return None
    return Explanation(
        error="a wandb server that refused the run",
        because=f"it answered {code(first_line(line_of(found)))}",
        fixes=(
            guide(
                "correct-wandb-account",
                "Name an account that may record",
                "Check the entity and project that the code or `WANDB_ENTITY` names, and `wandb "
                "login` as one of its members. To record locally and upload later, put "
                "`WANDB_MODE=offline` before the command.",
            ),
        ),
    )


RULE = Rule(
    "wandb-access-denied", Category.ENVIRONMENT, ("CommError", "UsageError", "ValueError"), explain
)
