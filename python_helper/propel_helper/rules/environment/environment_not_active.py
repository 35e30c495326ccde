"""environment-not-active: the environment that the launch names can't be activated.

## What happened
The launch activates a conda environment, a virtual environment or a module, and that failed.
What follows then runs with another Python, which lacks the packages, or not at all.

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
from propel_helper.rules import Rule, activation, modules, texts
from propel_helper.rules.said import line_of, said
from propel_helper.rules.steps import guide
from propel_helper.rules.words import code, first_line

_NO_CONDA = Wording(r"conda: (?:command )?not found")
_ACTIVATE = Wording(r"(?P<path>[\w./~-]*bin/activate): No such file or directory")


def explain(crash: Crash, surroundings: Surroundings) -> Explanation | None:
    """Claim the wordings, also where what follows them is a module that another Python lacks."""
    found = said(crash, activation.WORDS)
    line = line_of(found) if found else activation.failed(crash)
    module = modules.missing_module(crash) if found is None else None
    if line is None:
        return None
    if found is not None:
        because = f"it could not be activated: {first_line(line)}"
    elif module is not None and not _is_other(module, crash, surroundings):
        because = f"it could not be activated ({first_line(line)}), and the Python that ran has no {code(module)}"
    else:
        return None
    return Explanation(
        error="an environment that is not active",
        because=because,
        fixes=(
            _beside(line, crash, surroundings)
            or guide("activate-environment", "Activate the environment", _step(line)),
        ),
    )


def _is_other(module: str, crash: Crash, surroundings: Surroundings) -> bool:
    """Whether no environment would have the module: the project's own, one that is gone, a package's part."""
    own = modules.is_local(module, crash, surroundings)
    part = "." in module and modules.is_part(module, crash)
    return own or part or modules.is_gone(module)


def _step(said_words: str) -> str:
    """What to do; without conda on the path nothing can ask it where it lies."""
    python = "Name the environment's own Python in the command (`/path/to/env/bin/python`)"
    if _NO_CONDA.search(said_words):
        return (
            f"The run's `PATH` has no `conda`. {python}; or, where conda is installed on this machine, put "
            "`source /path/to/conda/etc/profile.d/conda.sh` before `conda activate`."
        )
    return (
        f"{python}; or, for conda in a script, put "
        '`source "$(conda info --base)/etc/profile.d/conda.sh"` before `conda activate`.'
    )


def _beside(line: str, crash: Crash, surroundings: Surroundings) -> Fix | None:
    """The one environment in the folder where the named one would be."""
    found = _ACTIVATE.search(line)
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
    ("shell", "exit", "CommandNotFoundError", "ModuleNotFoundError", "ImportError"),
    explain,
)
