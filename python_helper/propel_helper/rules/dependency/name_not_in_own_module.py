"""name-not-in-own-module: the project imports a name from its own module, and it is not there.

## What happened
An import names something that a module of the project itself does not define.

## Why it happens
The name is misspelt or was renamed on one side, the file is of another version of the project than
the one that imports it, or another module of the same name was found first.

## What the fix changes
Nothing by itself: which side is the right one is a question of the code.

## Fix safety
There is nothing to apply.
"""

from __future__ import annotations

from propel_helper.facts.crash import Crash
from propel_helper.facts.finding import Category, Explanation
from propel_helper.facts.surroundings import Surroundings
from propel_helper.rules import Rule, modules, shadows
from propel_helper.rules.steps import guide
from propel_helper.rules.words import code


def explain(crash: Crash, surroundings: Surroundings) -> Explanation | None:
    """Claim imports from the project's own modules that find no such name."""
    imported = modules.imported_name(crash, surroundings)
    if imported is None or not imported.own or shadows.hiding(crash, surroundings) is not None:
        return None
    step = guide(
        "correct-import",
        "Correct the import",
        f"Look whether {code(imported.module)} defines {code(imported.name)} under another name, "
        "and whether all files are of one version of the project.",
    )
    return Explanation(
        f"the import of {code(imported.name)}",
        f"the project's own module {code(imported.module)} does not define it",
        fixes=(step,),
    )


RULE = Rule("name-not-in-own-module", Category.DEPENDENCY, ("ImportError",), explain)
