"""package-refused: a package can't be imported, or says that another one is missing or does not fit.

## What happened
An import raised an error, also inside the package, or a package checked what else is installed and stopped.

## Why it happens
Packages rest on other packages, in certain versions. One of them is missing, older or newer than
what the one that stopped was written for.

## What the fix changes
Nothing by itself: which of the versions is the right one, the project's requirements say.

## Fix safety
There is nothing to apply.
"""

from __future__ import annotations

from propel_helper.facts.crash import Crash
from propel_helper.facts.finding import Category, Explanation
from propel_helper.facts.surroundings import Surroundings
from propel_helper.facts.wording import Wording
from propel_helper.rules import Rule, families, own
from propel_helper.rules.steps import guide
from propel_helper.rules.words import code, first_line

_TYPES = Wording(
    r"^(?:ImportError|ModuleNotFoundError)$|Dependency|Distribution(?:NotFound|Error)"
    r"|VersionConflict|NotInstalled|RequirementError|MissingPackage|PackageNotFound"
)


# What a package's own code raises where another one is not as it expects it.
_UNMET = frozenset({"AttributeError", "TypeError", "NameError"})
_IMPORT = Wording(r"^\s*(?:import|from)\s")


def explain(crash: Crash, surroundings: Surroundings) -> Explanation | None:
    """Claim errors whose type says that they are about packages, and imports that break inside one."""
    name = families.type_name(crash)
    if not _TYPES.search(name) and not (name in _UNMET and _breaks_on_import(crash, surroundings)):
        return None
    said = first_line(crash.message) or families.type_name(crash)
    return Explanation(
        error="a package that can't be used",
        because=f"it stopped with {code(said)}",
        fixes=(
            guide(
                "match-packages",
                "Match the packages",
                "Install what the message names, in the version that the project's requirements "
                "name, into the environment that the training runs in.",
            ),
        ),
    )


def _breaks_on_import(crash: Crash, surroundings: Surroundings) -> bool:
    """Whether the person's own line only imports, and an installed package's file raised it."""
    frame = own.deepest(crash, surroundings)
    if frame is None or not _IMPORT.match(frame.code or "") or not families.raised_in(crash):
        return False
    return crash.frames[-1].function == "<module>"


RULE = Rule("package-refused", Category.DEPENDENCY, ("exception",), explain, last=True)
