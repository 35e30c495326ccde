"""environment-not-active: the environment that the launch names can't be activated.

## What happened
The launch activates a conda environment, a virtual environment or a module, and that failed.
What follows then runs with another Python, or not at all.

## Why it happens
conda is only set up for interactive shells, the environment has another name on this machine,
or the folder of the virtual environment is elsewhere.

## What the fix changes
Where the launch activates a virtual environment in a folder that is not there, and exactly one folder
beside it holds one (`.venv` for `venv`): the folder's name. Otherwise nothing.

## Fix safety
Ask: the other environment may have other packages.
"""

from __future__ import annotations

import posixpath

from propel_helper.facts.crash import Crash
from propel_helper.facts.finding import Category, Explanation, Fix, Safety
from propel_helper.facts.surroundings import PathKind, Surroundings
from propel_helper.facts.wording import Wording
from propel_helper.rules import Rule, texts
from propel_helper.rules.said import line_of, said
from propel_helper.rules.steps import guide
from propel_helper.rules.words import code, first_line

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


_ACTIVATE = Wording(r"(?P<path>[\w./~-]*bin/activate): No such file or directory")


def explain(crash: Crash, surroundings: Surroundings) -> Explanation | None:
    """Claim the wordings above."""
    found = said(crash, _WORDS)
    if found is None:
        return None
    return Explanation(
        error="an environment that is not active",
        because=f"it could not be activated: {first_line(line_of(found))}",
        fixes=(
            _beside(crash, surroundings)
            or guide(
                "activate-environment",
                "Activate the environment",
                'Name the environment\'s own Python in the command (`/path/to/env/bin/python`); or, for conda in a script, put `source "$(conda info --base)/etc/profile.d/conda.sh"` before `conda activate`.',
            ),
        ),
    )


def _beside(crash: Crash, surroundings: Surroundings) -> Fix | None:
    """The one environment in the folder where the named one would be."""
    found = said(crash, _ACTIVATE)
    folder, _, name = (found["path"] if found else "").removesuffix("/bin/activate").rpartition("/")
    if found is None or not name:
        return None
    paths = [
        posixpath.join(folder, other, "bin/activate") for other in surroundings.names(folder or ".")
    ]
    there = [path for path in paths if surroundings.kind(path) is PathKind.FILE]
    step = texts.replace_once(found["path"], there[0], crash, surroundings) if there else None
    if step is None or len(there) != 1:
        return None
    by = f"activating {code(there[0])}, the only environment there"
    return Fix("activate-the-one-beside", f"Activate {there[0]}", by, Safety.ASK, (step,))


RULE = Rule(
    "environment-not-active",
    Category.ENVIRONMENT,
    ("shell", "exit", "CommandNotFoundError"),
    explain,
)
