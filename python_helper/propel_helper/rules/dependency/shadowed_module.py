"""shadowed-module: a file of the project has the name of a package and stands in its way.

## What happened
An import found a module of the right name that is not the package that was meant.

## Why it happens
A file or folder of the project is called like a package (`utils.py`, `random.py`, `numpy.py`),
and Python looks in the script's own folder first.

## What the fix changes
Nothing by itself: a file that is renamed has to be renamed wherever it is used.

## Fix safety
There is nothing to apply.
"""

from __future__ import annotations

import sys

from propel_helper.facts.crash import Crash
from propel_helper.facts.finding import Category, Explanation
from propel_helper.facts.surroundings import Surroundings
from propel_helper.facts.wording import Wording
from propel_helper.rules import Rule, shadows
from propel_helper.rules.said import said
from propel_helper.rules.steps import guide
from propel_helper.rules.words import code

# CPython's importlib._bootstrap and, since 3.13, the note of AttributeError.
_WORDS = Wording(
    r"No module named '[\w.]+'; '(?P<name>[\w.]+)' is not a package"
    r"|consider renaming '(?P<file>[^']+)' (?:if it has the same name|since it has the same name)"
)


def explain(crash: Crash, surroundings: Surroundings) -> Explanation | None:
    """Claim the wordings above, and names that a library has and a file of its name lacks."""
    found = said(crash, _WORDS)
    hiding = shadows.hiding(crash, surroundings) if found is None else None
    if hiding is not None:
        return _hidden(*hiding)
    if found is None:
        return None
    return Explanation(
        error="a module that is shadowed",
        because=(
            f"{code(next(part for part in found.groups() if part))} is found first and is not the package that the import means"
        ),
        fixes=(
            guide(
                "rename-the-file",
                "Rename the file",
                'Rename the project\'s own file of that name (and its imports), or run from a folder where it is not the first one found. `python -c "import NAME; print(NAME.__file__)"` shows which one is taken.',
            ),
        ),
    )


def _hidden(module: str, file: str) -> Explanation:
    whose = "Python's own module" if module in sys.stdlib_module_names else "the package"
    return Explanation(
        error="a module that is shadowed",
        because=f"{code(f'import {module}')} finds the project's own {code(file)} before {whose} of that name",
        fixes=(
            guide(
                "rename-the-file",
                "Rename the file",
                f"Rename {code(file)}, and where the project means it, its imports: until then everything "
                f"that imports {code(module)}, libraries too, gets that file.",
            ),
        ),
    )


RULE = Rule("shadowed-module", Category.DEPENDENCY, ("exception",), explain)
