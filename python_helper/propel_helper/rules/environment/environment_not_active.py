"""environment-not-active: the environment that the launch names can't be activated.

## What happened
The launch activates a conda environment, a virtual environment or a module, and that failed.
What follows then runs with another Python, or not at all.

## Why it happens
conda is only set up for interactive shells, the environment has another name on this machine,
or the folder of the virtual environment is elsewhere.

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
from propel_helper.rules.words import first_line

# conda's messages; bash's source; Lmod and environment modules.
_WORDS = Wording(
    r"Run 'conda init' before 'conda activate'"
    r"|Your shell has not been properly configured to use 'conda activate'"
    r"|conda: (?:command )?not found"
    r"|EnvironmentLocationNotFound|EnvironmentNameNotFound|Could not find conda environment"
    r"|activate: No such file or directory"
    r"|\b(?:module|ml): (?:command )?not found"
    r"|Lmod has detected the following error"
    r"|ModuleCmd_Load|Unable to locate a modulefile"
    r"|DirectoryNotACondaEnvironmentError"
)


def explain(crash: Crash, _surroundings: Surroundings) -> Explanation | None:
    """Claim the wordings above."""
    found = said(crash, _WORDS)
    if found is None:
        return None
    return Explanation(
        error="an environment that is not active",
        because=f"it could not be activated: {first_line(line_of(found))}",
        fixes=(
            guide(
                "activate-environment",
                "Activate the environment",
                'Name the environment\'s own Python in the command (`/path/to/env/bin/python`); or, for conda in a script, put `source "$(conda info --base)/etc/profile.d/conda.sh"` before `conda activate`.',
            ),
        ),
    )


RULE = Rule("environment-not-active", Category.ENVIRONMENT, ("shell", "exit"), explain)
